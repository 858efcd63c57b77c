using System.Xml.Linq;
using KetamineIntake.Core.Records;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace KetamineIntake.Web.Security;

/// <summary>
/// The keys behind sessions and antiforgery tokens, in the global partition: they hold across restarts and instances, and are encrypted like every
/// record. The framework asks for them synchronously, at most once a day, so waiting here is the only way.
/// </summary>
internal sealed class KeyRing(IRecordStores stores) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() => ReadAsync().GetAwaiter().GetResult();

    public void StoreElement(XElement element, string friendlyName)
    {
        var insert = new Change.Insert(Rows.KeyRingEntry(RowId.New()), System.Text.Encoding.UTF8.GetBytes(element.ToString(SaveOptions.DisableFormatting)));
        stores.Open(Rows.Global).CommitAsync([insert], CancellationToken.None).GetAwaiter().GetResult();
    }

    private async Task<IReadOnlyCollection<XElement>> ReadAsync()
    {
        var elements = new List<XElement>();
        await foreach (var row in stores.Open(Rows.Global).ListAsync(Rows.KeyRing, CancellationToken.None).ConfigureAwait(false))
        {
            elements.Add(XElement.Parse(System.Text.Encoding.UTF8.GetString(row.Body.Span)));
        }

        return elements;
    }
}
