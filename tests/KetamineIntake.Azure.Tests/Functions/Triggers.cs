using System.Reflection;
using KetamineIntake.Functions;
using Microsoft.Azure.Functions.Worker;

namespace KetamineIntake.Azure.Tests.Functions;

/// <summary>Every trigger of the Functions host, read from its attributes.</summary>
internal sealed record Trigger(string Name, Attribute Binding)
{
    public static IReadOnlyList<Trigger> All { get; } =
    [
        .. from type in new[] { typeof(HttpTriggers), typeof(QueueTriggers), typeof(TimerTriggers) }
           from method in type.GetMethods()
           where method.GetCustomAttribute<FunctionAttribute>() is not null
           let binding = method.GetParameters().SelectMany(p => p.GetCustomAttributes()).Single(a => a is HttpTriggerAttribute or QueueTriggerAttribute or TimerTriggerAttribute)
           select new Trigger(method.GetCustomAttribute<FunctionAttribute>()!.Name, binding),
    ];

    public static IEnumerable<(string Name, T Binding)> Of<T>()
        where T : Attribute => All.Where(t => t.Binding is T).Select(t => (t.Name, (T)t.Binding));
}
