using KetamineIntake.Core.Clinics;

namespace KetamineIntake.Core.Reminders.Preparation;

/// <summary>Which steps of the preparation page are true for one patient and visit.</summary>
internal sealed record ShownSteps(bool CallsFirst, bool PlansAlcohol, PreparationOrders Orders, Clinic Clinic)
{
    public bool Shows(PreparationStep step) => step.Only switch
    {
        // A fasting time may harm whoever has to plan it with a clinician first, whatever the step is called.
        _ when CallsFirst && StepWords.NamesFastingTime(step.Text) => false,
        null => true,
        StepCondition.Benzodiazepine => Orders.Benzodiazepine,
        StepCondition.Lamotrigine => Orders.Lamotrigine,
        StepCondition.CallFirst => CallsFirst,
        StepCondition.UnlessCallFirst => !CallsFirst,
        StepCondition.UnlessAlcoholIsPlanned => !PlansAlcohol,
        StepCondition.PrivateRoom => Clinic.PrivateRoom,
        StepCondition.ConsentForm => Clinic.ConsentForm,
        _ => throw new InvalidOperationException("A condition of a step that is not handled."),
    };
}
