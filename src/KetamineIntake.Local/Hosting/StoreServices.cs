using KetamineIntake.Core.Records;
using KetamineIntake.Core.Reminders.Replies;
using KetamineIntake.Local.Records;
using KetamineIntake.Web.Health;
using Microsoft.Extensions.DependencyInjection;

namespace KetamineIntake.Local.Hosting;

/// <summary>The records of one data folder, and what looks after them.</summary>
internal static class StoreServices
{
    /// <param name="decorate">Wraps the store; only tests do.</param>
    public static IServiceCollection AddRecords(this IServiceCollection services, DataFolder folder, Func<IRecordStores, IRecordStores>? decorate)
    {
        var use = folder.Use();
        var (records, keys) = folder.OpenRecords();
        var optOuts = new OptOutLog(folder[OptOutLog.FileName], keys);
        var signal = new MessageSignal();
        return services
            .AddSingleton(folder)
            .AddSingleton(_ => use)
            .AddSingleton(_ => records)
            .AddSingleton(keys)
            .AddSingleton(optOuts)
            .AddSingleton(signal)
            .AddSingleton<IRecordStores>(new OutboxSignallingStores(
                new WordKeepingStores(new EncryptedRecordStores(decorate?.Invoke(records) ?? records, keys), optOuts.Append), signal.Raise))
            .AddSingleton(records.Queue)
            .AddSingleton<IMessageQueue>(s => s.GetRequiredService<SqliteQueue>())
            .AddSingleton<IFailedMessages, SqliteFailedMessages>()
            .AddSingleton<TextHold>()
            .AddSingleton<ReplayWords>()
            .AddSingleton<CheckIndexes>()
            .AddSingleton<OptOutHistory>()
            .AddSingleton<ServingKey>()
            .AddSingleton<WriteProbe>()
            .AddSingleton<ReadinessProbe>(s => s.GetRequiredService<WriteProbe>().RunAsync);
    }

    /// <summary>Has the container close them at its end: the records first, then the mark that somebody works on them.</summary>
    public static void OwnRecords(this IServiceProvider services) => _ = (services.GetRequiredService<IDisposable>(), services.GetRequiredService<SqliteRecords>());
}
