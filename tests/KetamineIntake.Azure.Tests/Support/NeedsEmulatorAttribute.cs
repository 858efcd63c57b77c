using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

[assembly: TestFramework("KetamineIntake.Azure.Tests.Support.EmulatorFramework", "KetamineIntake.Azure.Tests")]

namespace KetamineIntake.Azure.Tests.Support;

/// <summary>The tests of this class talk to Azurite, which npm brings. Where there is no npm each says by name that it did not run.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsEmulatorAttribute : Attribute
{
    /// <summary>Null where the tests can run.</summary>
    public static string? Missing { get; } = HasProgram("npm") && HasProgram("node") ? null : "There is no npm here to install Azurite with: nothing is known about the Azure adapters.";

    private static bool HasProgram(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, name)) || File.Exists(Path.Combine(folder, name + ".cmd")) || File.Exists(Path.Combine(folder, name + ".exe")));
}

/// <summary>xunit 2 can skip a test by its attribute only, and the contract's tests are inherited: so they are skipped where they are run.</summary>
public sealed class EmulatorFramework(IMessageSink messages) : XunitTestFramework(messages)
{
    protected override ITestFrameworkExecutor CreateExecutor(AssemblyName assemblyName) => new Executor(assemblyName, SourceInformationProvider, DiagnosticMessageSink);

    private sealed class Executor(AssemblyName assembly, ISourceInformationProvider source, IMessageSink messages) : XunitTestFrameworkExecutor(assembly, source, messages)
    {
        protected override void RunTestCases(IEnumerable<IXunitTestCase> testCases, IMessageSink executionMessageSink, ITestFrameworkExecutionOptions executionOptions) =>
            base.RunTestCases(NeedsEmulatorAttribute.Missing is { } reason ? testCases.Select(test => Skipped(test, reason)) : testCases, executionMessageSink, executionOptions);

        private IXunitTestCase Skipped(IXunitTestCase test, string reason) =>
            test.TestMethod.TestClass.Class.GetCustomAttributes(typeof(NeedsEmulatorAttribute)).Any()
                ? new XunitSkippedDataRowTestCase(DiagnosticMessageSink, TestMethodDisplay.ClassAndMethod, TestMethodDisplayOptions.None, test.TestMethod, reason, test.TestMethodArguments)
                : test;
    }
}
