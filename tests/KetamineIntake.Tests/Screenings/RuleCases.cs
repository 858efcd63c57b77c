namespace KetamineIntake.Tests.Screenings;

/// <summary>
/// Every rule of the embedded protocol, one line each: "id | fires | does not fire | unknown". Cases are changes to the healthy patient, separated by ";";
/// "." is the healthy patient as she is, "item=-" leaves the item out, "lab:", "reading:" and "born=" give what is not an answer.
/// "never:" says that the rule cannot be unknown by design (a value that nobody must have, or an age), and must not fire on these.
/// </summary>
internal static class RuleCases
{
    public const string Table =
        """
        SUI-01 | asq.1=yes asq.5=yes; asq.2=declined asq.5=declined; asq.3=not-sure asq.5=not-sure; asq.4=yes | .; asq.1=yes asq.5=no | asq.1=-; asq.2=-; asq.3=-; asq.4=-
        SUI-02 | asq.1=yes; asq.2=not-sure; asq.3=declined; asq.4=yes | . | asq.1=-; asq.2=-; asq.3=-; asq.4=-
        SUI-03 | phq9.9=2; phq9.9=3 | phq9.9=1 | phq9.9=-; phq9.9=not-sure
        SUI-04 | phq9.9=1 | phq9.9=0; phq9.9=2 | phq9.9=-; phq9.9=not-sure
        SUI-05 | asq.1=-; asq.2=-; asq.3=-; asq.4=- | .; asq.1=not-sure | never: .
        SUI-06 | phq9.9=-; phq9.9=not-sure | . | never: .
        PSY-01 | psy.schiz=yes; psy.schizoaffective=yes | . | psy.schiz=not-sure; psy.schiz=-; psy.schizoaffective=not-sure; psy.schizoaffective=-
        PSY-02 | psy.hallucinationsNow=yes; psy.paranoiaNow=yes; psy.delusional=yes | . | psy.hallucinationsNow=not-sure; psy.paranoiaNow=-; psy.delusional=not-sure; psy.delusional=-
        PSY-03 | psy.maniaNow=yes; psy.maniaNow=yes psy.bipolar=- | . | psy.maniaNow=not-sure; psy.maniaNow=-
        PSY-03b | gad7.1=3 gad7.2=3 | gad7.1=3 gad7.2=2 | gad7.1=- gad7.2=- gad7.3=-; gad7.1=not-sure gad7.2=not-sure
        PSY-04 | psy.psychosisPast=yes psy.substanceInduced=no; psy.psychosisPast=yes psy.substanceInduced=not-sure; psy.psychosisPast=yes | .; psy.psychosisPast=yes psy.substanceInduced=yes | psy.psychosisPast=not-sure; psy.psychosisPast=-
        PSY-04b | psy.psychosisPast=yes psy.substanceInduced=yes | .; psy.psychosisPast=yes psy.substanceInduced=no | psy.psychosisPast=yes; psy.psychosisPast=-; psy.psychosisPast=not-sure psy.substanceInduced=yes
        PSY-05 | psy.bipolar=yes; psy.bipolar=yes psy.maniaNow=-; psy.bipolar=yes psy.maniaNow=yes | . | psy.bipolar=not-sure; psy.bipolar=-
        PSY-06 | gad7.1=3 gad7.2=3 gad7.3=1 | gad7.1=3 gad7.2=3 | gad7.1=- gad7.2=- gad7.3=-; gad7.1=not-sure gad7.2=not-sure gad7.3=not-sure
        PSY-07 | psy.famPsychosis=yes | . | psy.famPsychosis=not-sure; psy.famPsychosis=-
        PSY-08 | psy.dementia=yes | . | psy.dementia=not-sure; psy.dementia=-
        PSY-08b | psy.delirium=yes | . | psy.delirium=not-sure; psy.delirium=-
        PSY-09 | psy.personality=yes; psy.dissociative=yes | . | psy.personality=not-sure; psy.dissociative=-
        PSY-10 | gad7.1=3 gad7.2=3 gad7.3=3 gad7.4=3 gad7.5=3 | gad7.1=3 gad7.2=3 gad7.3=3 gad7.4=3 gad7.5=2 | gad7.1=- gad7.2=- gad7.3=- gad7.4=- gad7.5=-; gad7.1=not-sure gad7.2=3 gad7.3=3 gad7.4=3 gad7.5=3
        PSY-11 | log.capacityGuardian=yes | . | log.capacityGuardian=not-sure; log.capacityGuardian=-
        CV-01 | cv.any=yes; cv.htn=yes; cv.mi=yes; cv.angina=yes; cv.cad=yes; cv.hf=yes; cv.arrhythmia=yes; cv.valve=yes; cv.aorticAneurysm=yes; cv.otherAneurysm=yes; cv.avm=yes; cv.cardiomyopathy=yes; cv.syncope=yes; cv.pacemaker=yes; cv.meds=yes | . | cv.any=not-sure; cv.any=-; cv.htn=not-sure; cv.cad=-; cv.syncope=not-sure; cv.meds=-
        CV-02 | cv.aorticAneurysm=yes; cv.otherAneurysm=yes; neu.brainAneurysm=yes | . | cv.aorticAneurysm=not-sure; cv.otherAneurysm=-; neu.brainAneurysm=not-sure; neu.brainAneurysm=-
        CV-03 | cv.avm=yes | . | cv.avm=not-sure; cv.avm=-
        CV-04 | neu.ich=yes | . | neu.ich=not-sure; neu.ich=-
        CV-05 | cv.htn=yes cv.htnControlled=no; cv.htn=not-sure cv.htnControlled=no | .; cv.htn=yes cv.htnControlled=yes | cv.htn=-; cv.htn=yes; cv.htn=yes cv.htnControlled=not-sure; cv.htn=not-sure
        CV-05b | cv.bpSys=160; cv.bpDia=100; cv.bpSys=200 cv.bpDia=60 | cv.bpSys=159 cv.bpDia=99 | never: .; cv.bpSys=not-sure cv.bpDia=not-sure
        CV-05c | cv.bpSys=141; cv.bpDia=91; cv.bpSys=120 cv.bpDia=95 | cv.bpSys=140 cv.bpDia=90 | never: .; cv.bpSys=not-sure cv.bpDia=not-sure
        CV-06 | cv.htn=yes cv.htnControlled=yes | .; cv.htn=yes cv.htnControlled=no | cv.htn=-; cv.htn=yes; cv.htn=yes cv.htnControlled=not-sure
        CV-07 | cv.mi=yes cv.mi.date=2026-10-20; cv.mi=yes cv.mi.date=2026-12; cv.mi=yes cv.mi.date=2026-12-01; cv.cad=yes cv.cad.recent=yes; cv.angina=yes cv.cad.recent=yes; cv.cad=not-sure cv.cad.recent=yes | .; cv.cad=yes cv.cad.recent=no; cv.mi=yes cv.mi.date=2026-10-19; cv.mi=yes cv.mi.date=2019; cv.mi=yes cv.mi.date=2026-09 | cv.mi=-; cv.mi=not-sure cv.mi.date=2026-11; cv.mi=yes; cv.mi=yes cv.mi.date=not-sure; cv.mi=yes cv.mi.date=2026-10; cv.mi=yes cv.mi.date=2026; cv.cad=-; cv.cad=yes; cv.angina=yes cv.cad.recent=not-sure; cv.cad=not-sure
        CV-08 | cv.angina=yes cv.angina.rest=yes; cv.angina=not-sure cv.angina.rest=yes; cv.hf=not-sure cv.hf.nyha=4; cv.hf=yes cv.hf.nyha=3; cv.hf=yes cv.hf.nyha=4; cv.valve=yes cv.valve.severe=yes; cv.arrhythmia=yes cv.arrhythmia.uncontrolled=yes; cv.valve=not-sure cv.valve.severe=yes; cv.arrhythmia=not-sure cv.arrhythmia.uncontrolled=yes | .; cv.angina=yes cv.angina.rest=no; cv.hf=yes cv.hf.nyha=2; cv.valve=yes cv.valve.severe=no; cv.arrhythmia=yes cv.arrhythmia.uncontrolled=no | cv.angina=yes; cv.hf=not-sure; cv.hf=yes cv.hf.nyha=not-sure; cv.valve=yes cv.valve.severe=not-sure; cv.arrhythmia=yes
        CV-08b | cv.valve=yes; cv.arrhythmia=yes | . | cv.valve=not-sure; cv.arrhythmia=-
        CV-09 | cv.cad=yes; cv.angina=yes; cv.mi=yes; cv.pacemaker=yes | . | cv.cad=not-sure; cv.angina=-; cv.mi=not-sure; cv.pacemaker=-
        CV-09b | cv.hf=yes; cv.cardiomyopathy=yes; cv.syncope=yes | . | cv.hf=not-sure; cv.cardiomyopathy=-; cv.syncope=not-sure
        CV-10 | neu.stroke=yes neu.stroke.date=2026-09-01; neu.stroke=yes neu.stroke.date=2026-10 | .; neu.stroke=yes neu.stroke.date=2026-08-31; neu.stroke=yes neu.stroke.date=2024 | neu.stroke=-; neu.stroke=yes; neu.stroke=yes neu.stroke.date=2026; neu.stroke=yes neu.stroke.date=not-sure; neu.stroke=not-sure neu.stroke.date=2026-11
        CV-10b | neu.stroke=yes; neu.tia=yes | . | neu.stroke=not-sure; neu.tia=-
        CV-11 | neu.hypertensiveEnceph=yes | . | neu.hypertensiveEnceph=not-sure; neu.hypertensiveEnceph=-
        CV-12 | lab:ecg.qtc=501; lab:ecg.finding=ischaemia; lab:ecg.finding=new-block | lab:ecg.qtc=500; lab:ecg.finding=normal | never: .
        CV-13 | endo.pheo=yes | . | endo.pheo=not-sure; endo.pheo=-
        NEU-01 | neu.icp=yes; neu.tumour=yes; neu.hydro=yes; neu.headInjury=yes neu.headInjury.date=2026-09-01 | .; neu.headInjury=yes neu.headInjury.date=2026-08-31 | neu.icp=not-sure; neu.tumour=-; neu.hydro=not-sure; neu.headInjury=yes; neu.headInjury=yes neu.headInjury.date=2026; neu.headInjury=-
        NEU-02 | neu.headInjury=yes neu.headInjury.symptomatic=yes | .; neu.headInjury=yes neu.headInjury.symptomatic=no | neu.headInjury=-; neu.headInjury=yes; neu.headInjury=yes neu.headInjury.symptomatic=not-sure
        NEU-03 | neu.seizure=yes | . | neu.seizure=not-sure; neu.seizure=-
        NEU-03b | neu.seizure=yes neu.seizure.uncontrolled=yes; neu.seizure=yes neu.seizure.date=2026-06-01 | .; neu.seizure=yes neu.seizure.uncontrolled=no neu.seizure.date=2026-05-31 | neu.seizure=-; neu.seizure=yes; neu.seizure=yes neu.seizure.uncontrolled=no; neu.seizure=yes neu.seizure.uncontrolled=not-sure neu.seizure.date=2019
        EYE-01 | eye.glaucoma=yes | . | eye.glaucoma=not-sure; eye.glaucoma=-
        EYE-01b | eye.openGlobe=yes | . | eye.openGlobe=not-sure; eye.openGlobe=-
        RESP-01 | resp.osa=yes resp.osa.cpap=no; resp.copd=yes resp.copd.severe=yes; resp.o2=yes | .; resp.osa=yes resp.osa.cpap=yes; resp.copd=yes resp.copd.severe=no | resp.osa=yes; resp.osa=-; resp.copd=yes resp.copd.severe=not-sure; resp.o2=not-sure; resp.o2=-
        RESP-01b | resp.copd=yes; resp.asthma=yes | . | resp.copd=not-sure; resp.asthma=-
        RESP-02 | resp.osa=yes resp.osa.cpap=yes | .; resp.osa=yes resp.osa.cpap=no | resp.osa=yes; resp.osa=-; resp.osa=yes resp.osa.cpap=not-sure
        RESP-03 | reading:uri=yes | .; reading:uri=no | reading:uri=not-sure
        RESP-03b | resp.uri=yes | . | resp.uri=not-sure; resp.uri=-
        HEP-01 | hep.cirrhosis=yes hep.cirrhosis.severity=C; hep.cirrhosis=yes hep.cirrhosis.decompensated=yes | .; hep.cirrhosis=yes hep.cirrhosis.severity=B hep.cirrhosis.decompensated=no | hep.cirrhosis=-; hep.cirrhosis=yes; hep.cirrhosis=yes hep.cirrhosis.severity=not-sure hep.cirrhosis.decompensated=no
        HEP-02 | hep.any=yes; hep.cirrhosis=yes; hep.hepatitis=yes; hep.highEnzymes=yes | . | hep.any=not-sure; hep.cirrhosis=-; hep.hepatitis=not-sure; hep.highEnzymes=-
        HEP-02b | lab:alt.uln=3; lab:ast.uln=3 | lab:alt.uln=2.9 lab:ast.uln=2.9 | never: .
        REN-01 | lab:egfr=29.9 | lab:egfr=30 | never: .
        REN-01b | ren.dialysis=yes; ren.ckd=yes ren.ckd.stage=4; ren.ckd=yes ren.ckd.stage=5 | .; ren.ckd=yes ren.ckd.stage=3 | ren.dialysis=not-sure; ren.dialysis=-; ren.ckd=yes; ren.ckd=yes ren.ckd.stage=not-sure
        REN-01c | ren.ckd=yes | . | ren.ckd=not-sure; ren.ckd=-
        HEM-01 | lab:hemoglobin=7.99; lab:platelets=49.9; lab:wbc=2; lab:wbc=30 | lab:hemoglobin=8 lab:platelets=50 lab:wbc=29 | never: .
        URO-01 | uro.cystitis=yes; uro.luts=yes | . | uro.cystitis=not-sure; uro.luts=-
        URO-01b | reading:luts=yes | .; reading:luts=no | reading:luts=not-sure
        THY-01 | endo.hyperthyroid=yes endo.hyperthyroid.controlled=no | .; endo.hyperthyroid=yes endo.hyperthyroid.controlled=yes | endo.hyperthyroid=-; endo.hyperthyroid=yes; endo.hyperthyroid=yes endo.hyperthyroid.controlled=not-sure
        THY-01b | endo.hyperthyroid=yes endo.hyperthyroid.storm=yes | .; endo.hyperthyroid=yes endo.hyperthyroid.storm=no | endo.hyperthyroid=-; endo.hyperthyroid=yes; endo.hyperthyroid=yes endo.hyperthyroid.storm=not-sure
        THY-01c | endo.hyperthyroid=yes endo.hyperthyroid.controlled=yes | .; endo.hyperthyroid=yes endo.hyperthyroid.controlled=no | endo.hyperthyroid=-; endo.hyperthyroid=yes
        THY-02 | endo.thyroidMeds=yes | . | endo.thyroidMeds=not-sure; endo.thyroidMeds=-
        END-01 | endo.diabetes=yes endo.diabetes.insulin=yes; med.classes=insulin; med.classes=sulfonylurea | .; endo.diabetes=yes endo.diabetes.insulin=no | endo.diabetes=-; endo.diabetes=yes; endo.diabetes=yes endo.diabetes.insulin=not-sure; med.classes=not-sure; med.classes=-
        END-01b | endo.diabetes=yes | . | endo.diabetes=not-sure; endo.diabetes=-
        POR-01 | por.porphyria=yes | . | por.porphyria=not-sure; por.porphyria=-
        PREG-01 | preg.pregnant=yes; dem.sexAtBirth=intersex preg.pregnant=yes; dem.sexAtBirth=not-sure preg.pregnant=yes | .; dem.sexAtBirth=male preg.pregnant=yes | preg.pregnant=not-sure; preg.pregnant=-; dem.sexAtBirth=- preg.pregnant=-
        PREG-01b | lab:hcg=positive | lab:hcg=negative | never: .
        PREG-02 | preg.pregnant=not-sure; preg.trying=yes; preg.potential=yes preg.contraception=no | .; preg.potential=yes preg.contraception=yes; dem.sexAtBirth=male preg.trying=yes | preg.pregnant=-; preg.trying=not-sure; preg.potential=yes preg.contraception=not-sure; preg.potential=-
        PREG-03 | preg.breastfeeding=yes | .; dem.sexAtBirth=male | preg.breastfeeding=not-sure; preg.breastfeeding=-
        AGE-01 | born=2008-12-02 | born=2008-12-01 | never: .
        AGE-02 | born=1961-12-01 | born=1961-12-02 | never: .
        AGE-02b | born=1951-12-01 | born=1951-12-02 | never: .
        ALG-01 | alg.ketamine=yes | . | alg.ketamine=not-sure; alg.ketamine=-
        ALG-02 | anes.badReaction=yes; ket.prior=yes ket.prior.reaction=yes | .; ket.prior=yes ket.prior.reaction=no | anes.badReaction=not-sure; anes.badReaction=-; ket.prior=yes; ket.prior=not-sure ket.prior.reaction=yes
        ALG-03 | alg.other=yes | . | alg.other=not-sure; alg.other=-
        NV-01 | anes.motion=yes | . | anes.motion=not-sure; anes.motion=-
        SUB-01 | sub.drug30d=yes | .; sub.drug30d=yes sub.inTreatment=yes | sub.drug30d=not-sure; sub.drug30d=-; sub.drug30d=yes sub.inTreatment=not-sure; sub.drug30d=yes sub.inTreatment=-
        SUB-02 | sub.ketamineRec=yes | . | sub.ketamineRec=not-sure; sub.ketamineRec=-
        SUB-03 | sub.inTreatment=yes; sub.drug12m=yes | . | sub.inTreatment=not-sure; sub.drug12m=-
        SUB-03b | sub.drug30d=yes | . | sub.drug30d=not-sure; sub.drug30d=-
        SUB-04 | sub.alcohol=yes auditc.1=3 auditc.2=0 auditc.3=0; dem.sexAtBirth=male sub.alcohol=yes auditc.1=4 auditc.2=0 auditc.3=0 | .; sub.alcohol=yes auditc.1=2 auditc.2=0 auditc.3=0; dem.sexAtBirth=male sub.alcohol=yes auditc.1=3 auditc.2=0 auditc.3=0 | sub.alcohol=yes auditc.2=0 auditc.3=0; sub.alcohol=yes auditc.1=not-sure auditc.2=0 auditc.3=0; dem.sexAtBirth=- sub.alcohol=yes auditc.1=3 auditc.2=0 auditc.3=0
        SUB-04b | sub.alcohol=yes auditc.1=4 auditc.2=4 auditc.3=0; sub.alcohol=yes auditc.1=4 auditc.2=4 | .; sub.alcohol=yes auditc.1=4 auditc.2=3 auditc.3=0; sub.alcohol=yes auditc.1=3 auditc.3=0 | sub.alcohol=yes auditc.1=4 auditc.3=0; sub.alcohol=yes auditc.1=4 auditc.2=not-sure auditc.3=0
        SUB-05 | reading:alcoholInsideWindow=yes; reading:intoxicated=yes | .; reading:alcoholInsideWindow=no reading:intoxicated=no | reading:alcoholInsideWindow=not-sure; reading:intoxicated=not-sure
        SUB-06 | sub.cannabis=yes | . | sub.cannabis=not-sure; sub.cannabis=-
        MED-01 | med.list=aspirin; med.list=not-sure | . | never: .
        DDI-01 | med.classes=theophylline | .; med.classes=lithium | med.classes=not-sure; med.classes=-
        DDI-02 | med.classes=benzodiazepine; med.classes=lithium,z-drug | . | med.classes=not-sure; med.classes=-
        DDI-03 | med.classes=opioid; med.classes=gabapentinoid; med.classes=sedative; sub.opioidUse=yes | . | med.classes=not-sure; med.classes=-; sub.opioidUse=not-sure; sub.opioidUse=-
        DDI-04 | med.classes=lamotrigine | . | med.classes=not-sure; med.classes=-
        DDI-05 | med.classes=maoi | . | med.classes=not-sure; med.classes=-
        DDI-06 | med.classes=stimulant | . | med.classes=not-sure; med.classes=-
        DDI-07 | med.classes=decongestant | . | med.classes=not-sure; med.classes=-
        DDI-08 | med.classes=cyp-inhibitor | . | med.classes=not-sure; med.classes=-
        DDI-09 | med.classes=cyp-inducer | . | med.classes=not-sure; med.classes=-
        DDI-10 | med.classes=antipsychotic | . | med.classes=not-sure; med.classes=-
        DDI-11 | med.classes=lithium | . | med.classes=not-sure; med.classes=-
        DDI-12 | med.classes=opioid-antagonist | . | med.classes=not-sure; med.classes=-
        DDI-13 | esk.now=yes | . | esk.now=not-sure; esk.now=-
        DDI-14 | med.glp1=yes | . | med.glp1=not-sure; med.glp1=-
        DDI-15 | med.classes=ssri-snri | . | med.classes=not-sure; med.classes=-
        IND-01 | ind.primary=sleep; ind.primary=other | .; ind.primary=TRD; ind.primary=PTSD | ind.primary=not-sure; ind.primary=-
        IND-02 | ind.trials=1; ind.primary=bipolarDep ind.trials=0; ind.primary=TRD ind.trials=1 | ind.trials=2; ind.primary=PTSD ind.trials=0 | ind.trials=not-sure; ind.trials=-; ind.primary=- ind.trials=1
        IND-03 | ind.therapyTried=no | . | ind.therapyTried=not-sure; ind.therapyTried=-
        LOG-01 | log.escort=no; log.drives=yes | . | log.escort=not-sure; log.escort=-; log.drives=not-sure
        LAB-01 | lab:ecg.status=missing; lab:ecg.status=expired; lab:ecg.status=expires-before-visit | lab:ecg.status=valid | never: .
        LAB-01b | lab:ecg.status=missing; lab:ecg.status=expired | lab:ecg.status=valid; lab:ecg.status=expires-before-visit | never: .
        LAB-02 | lab:liver.status=missing; lab:liver.status=expired; lab:liver.status=expires-before-visit | lab:liver.status=valid | never: .
        LAB-02b | lab:liver.status=missing; lab:liver.status=expired | lab:liver.status=valid | never: .
        LAB-03 | lab:kidney.status=missing; lab:kidney.status=expired; lab:kidney.status=expires-before-visit | lab:kidney.status=valid | never: .
        LAB-03b | lab:kidney.status=missing; lab:kidney.status=expired | lab:kidney.status=valid | never: .
        LAB-04 | lab:cbc.status=missing; lab:cbc.status=expired; lab:cbc.status=expires-before-visit | lab:cbc.status=valid | never: .
        LAB-04b | lab:cbc.status=missing; lab:cbc.status=expired | lab:cbc.status=valid | never: .
        VIT-01 | reading:bpSys=141; reading:bpDia=91 | reading:bpSys=140 reading:bpDia=90 | never: .
        VIT-02 | reading:bpSys=160; reading:bpDia=100 | reading:bpSys=159 reading:bpDia=99 | never: .
        VIT-03 | reading:bpSys=180; reading:bpDia=120; reading:bpSymptoms=yes | reading:bpSys=179 reading:bpDia=119 reading:bpSymptoms=no | reading:bpSymptoms=not-sure
        VIT-04 | reading:spo2=93; reading:heartRate=49; reading:heartRate=111; reading:temperature=38 | reading:spo2=94 reading:heartRate=50 reading:temperature=37.9; reading:heartRate=110 | never: .
        NPO-01 | reading:ateInsideWindow=yes; reading:drankInsideWindow=yes | .; reading:ateInsideWindow=no reading:drankInsideWindow=no | reading:ateInsideWindow=not-sure; reading:drankInsideWindow=not-sure
        """;
}
