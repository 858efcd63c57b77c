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
        SUI-07 | asq.4=yes asq.4.week=yes; asq.4=not-sure asq.4.week=declined; asq.4=declined asq.4.week=not-sure | .; asq.4=yes asq.4.week=no | asq.4=-; asq.4=yes; asq.4=not-sure
        PSY-01 | psy.schiz=yes; psy.schizoaffective=yes | . | psy.schiz=not-sure; psy.schiz=-; psy.schizoaffective=not-sure; psy.schizoaffective=-
        PSY-02 | psy.hallucinationsNow=yes; psy.delusional=yes | .; psy.paranoiaNow=yes | psy.hallucinationsNow=not-sure; psy.hallucinationsNow=-; psy.delusional=not-sure; psy.delusional=-
        PSY-02b | psy.paranoiaNow=yes | . | psy.paranoiaNow=not-sure; psy.paranoiaNow=-
        PSY-02c | psy.hallucinationsNow=yes | .; psy.delusional=yes | psy.hallucinationsNow=not-sure; psy.hallucinationsNow=-
        PSY-03 | psy.maniaNow=yes; psy.maniaNow=yes psy.bipolar=- | . | psy.maniaNow=not-sure; psy.maniaNow=-
        PSY-03b | gad7.1=3 gad7.2=3 | gad7.1=3 gad7.2=2 | gad7.1=- gad7.2=- gad7.3=-; gad7.1=not-sure gad7.2=not-sure
        PSY-04 | psy.psychosisPast=yes psy.substanceInduced=no; psy.psychosisPast=yes psy.substanceInduced=not-sure; psy.psychosisPast=yes | .; psy.psychosisPast=yes psy.substanceInduced=yes | psy.psychosisPast=not-sure; psy.psychosisPast=-
        PSY-04b | psy.psychosisPast=yes psy.substanceInduced=yes | .; psy.psychosisPast=yes psy.substanceInduced=no | psy.psychosisPast=yes; psy.psychosisPast=-; psy.psychosisPast=not-sure psy.substanceInduced=yes
        PSY-05 | psy.bipolar=yes; psy.bipolar=yes psy.maniaNow=-; psy.bipolar=yes psy.maniaNow=yes | . | psy.bipolar=not-sure; psy.bipolar=-
        PSY-05b | ind.primary=bipolarDep; ind.primary=bipolarDep psy.bipolar=yes; ind.primary=bipolarDep psy.bipolar=- | .; ind.primary=TRD | ind.primary=-; ind.primary=not-sure
        PSY-06 | gad7.1=3 gad7.2=3 gad7.3=1 | gad7.1=3 gad7.2=3 | gad7.1=- gad7.2=- gad7.3=-; gad7.1=not-sure gad7.2=not-sure gad7.3=not-sure
        PSY-07 | psy.famPsychosis=yes | . | psy.famPsychosis=not-sure; psy.famPsychosis=-
        PSY-08 | psy.dementia=yes | . | psy.dementia=not-sure; psy.dementia=-
        PSY-08b | psy.delirium=yes | . | psy.delirium=not-sure; psy.delirium=-
        PSY-09 | psy.personality=yes; psy.dissociative=yes | . | psy.personality=not-sure; psy.dissociative=-
        PSY-10 | gad7.1=3 gad7.2=3 gad7.3=3 gad7.4=3 gad7.5=3 | gad7.1=3 gad7.2=3 gad7.3=3 gad7.4=3 gad7.5=2 | gad7.1=- gad7.2=- gad7.3=- gad7.4=- gad7.5=-; gad7.1=not-sure gad7.2=3 gad7.3=3 gad7.4=3 gad7.5=3
        PSY-11 | log.capacityGuardian=yes | . | log.capacityGuardian=not-sure; log.capacityGuardian=-
        PSY-11b | log.capacity=yes | . | log.capacity=not-sure; log.capacity=-
        PSY-12 | ket.psychosis=yes | . | ket.psychosis=not-sure; ket.psychosis=-
        CV-01 | cv.any=yes; cv.htn=yes; cv.mi=yes; cv.angina=yes; cv.cad=yes; cv.hf=yes; cv.arrhythmia=yes; cv.valve=yes; cv.aorticAneurysm=yes; cv.otherAneurysm=yes; cv.avm=yes; cv.cardiomyopathy=yes; cv.syncope=yes; cv.pacemaker=yes; cv.meds=yes; cv.pulmHtn=yes; cv.congenital=yes; cv.aorticDissection=yes | . | cv.any=not-sure; cv.any=-; cv.htn=not-sure; cv.cad=-; cv.syncope=not-sure; cv.meds=-
        CV-02 | cv.aorticAneurysm=yes; cv.otherAneurysm=yes; neu.brainAneurysm=yes | . | cv.aorticAneurysm=not-sure; cv.otherAneurysm=-; neu.brainAneurysm=not-sure; neu.brainAneurysm=-
        CV-03 | cv.avm=yes | . | cv.avm=not-sure; cv.avm=-
        CV-04 | neu.ich=yes | . | neu.ich=not-sure; neu.ich=-
        CV-05 | cv.htn=yes cv.htnControlled=no; cv.htn=not-sure cv.htnControlled=no | .; cv.htn=yes cv.htnControlled=yes | cv.htn=-; cv.htn=yes; cv.htn=yes cv.htnControlled=not-sure; cv.htn=not-sure
        CV-05b | cv.bpSys=160; cv.bpDia=100; cv.bpSys=200 cv.bpDia=60; cv.bpSys=160 cv.bpDate=2026-06-01; cv.bpDia=100 cv.bpDate=2026-12-01; cv.bpSys=160 cv.bpDate=2026-07; cv.bpSys=160 cv.bpDate=not-sure | cv.bpSys=159 cv.bpDia=99; cv.bpSys=165 cv.bpDia=95 cv.bpDate=2019; cv.bpSys=165 cv.bpDate=2026-05-31; cv.bpSys=165 cv.bpDate=2026-05; cv.bpSys=not-sure cv.bpDia=not-sure | cv.bpSys=160 cv.bpDate=2026
        CV-05c | cv.bpSys=141; cv.bpDia=91; cv.bpSys=120 cv.bpDia=95; cv.bpSys=165 cv.bpDate=2019 | cv.bpSys=140 cv.bpDia=90 | never: .; cv.bpSys=not-sure cv.bpDia=not-sure
        CV-05d | cv.bpSys=180; cv.bpDia=120; cv.bpSys=210 cv.bpDia=130 cv.bpDate=2026-12-01; cv.bpSys=180 cv.bpDate=2026-11-30; cv.bpDia=120 cv.bpDate=not-sure; cv.bpSys=180 cv.bpDate=2026-12 | cv.bpSys=179 cv.bpDia=119; cv.bpSys=210 cv.bpDia=130 cv.bpDate=2026-11-29; cv.bpSys=210 cv.bpDate=2025 | cv.bpSys=180 cv.bpDate=2026; cv.bpDia=120 cv.bpDate=2026-11
        CV-06 | cv.htn=yes cv.htnControlled=yes | .; cv.htn=yes cv.htnControlled=no | cv.htn=-; cv.htn=yes; cv.htn=yes cv.htnControlled=not-sure
        CV-07 | cv.mi=yes cv.mi.date=2026-10-20; cv.mi=yes cv.mi.date=2026-12; cv.mi=yes cv.mi.date=2026-12-01; cv.mi=not-sure cv.mi.date=2026-11; cv.cad=not-sure cv.cad.recent=yes; cv.any=yes cv.cad.recent=yes; cv.htn=yes cv.cad.recent=yes; cv.mi=yes cv.cad.recent=yes; cv.angina=yes cv.cad.recent=yes; cv.cad=yes cv.cad.recent=yes; cv.hf=yes cv.cad.recent=yes; cv.arrhythmia=yes cv.cad.recent=yes; cv.valve=yes cv.cad.recent=yes; cv.aorticAneurysm=yes cv.cad.recent=yes; cv.otherAneurysm=yes cv.cad.recent=yes; cv.avm=yes cv.cad.recent=yes; cv.cardiomyopathy=yes cv.cad.recent=yes; cv.syncope=yes cv.cad.recent=yes; cv.pacemaker=yes cv.cad.recent=yes; cv.pulmHtn=yes cv.cad.recent=yes; cv.congenital=yes cv.cad.recent=yes; cv.aorticDissection=yes cv.cad.recent=yes; cv.meds=yes cv.cad.recent=yes | .; cv.cad=yes cv.cad.recent=no; cv.mi=yes cv.mi.date=2026-10-19 cv.cad.recent=no; cv.mi=yes cv.mi.date=2019 cv.cad.recent=no; cv.mi=yes cv.mi.date=2026-09 cv.cad.recent=no | cv.mi=-; cv.mi=yes cv.cad.recent=no; cv.mi=yes cv.mi.date=not-sure cv.cad.recent=no; cv.mi=yes cv.mi.date=2026-10 cv.cad.recent=no; cv.mi=yes cv.mi.date=2026 cv.cad.recent=no; cv.cad=-; cv.cad=yes; cv.angina=yes cv.cad.recent=not-sure; cv.cad=not-sure; cv.syncope=yes
        CV-08 | cv.angina=yes cv.angina.rest=yes; cv.angina=not-sure cv.angina.rest=yes; cv.hf=not-sure cv.hf.nyha=4; cv.hf=yes cv.hf.nyha=3; cv.hf=yes cv.hf.nyha=4; cv.valve=yes cv.valve.severe=yes; cv.arrhythmia=yes cv.arrhythmia.uncontrolled=yes; cv.valve=not-sure cv.valve.severe=yes; cv.arrhythmia=not-sure cv.arrhythmia.uncontrolled=yes | .; cv.angina=yes cv.angina.rest=no; cv.hf=yes cv.hf.nyha=2; cv.valve=yes cv.valve.severe=no; cv.arrhythmia=yes cv.arrhythmia.uncontrolled=no | cv.angina=yes; cv.hf=not-sure; cv.hf=yes cv.hf.nyha=not-sure; cv.valve=yes cv.valve.severe=not-sure; cv.arrhythmia=yes
        CV-08b | cv.valve=yes; cv.arrhythmia=yes | . | cv.valve=not-sure; cv.arrhythmia=-
        CV-08c | cv.angina=yes cv.angina.rest=yes; cv.angina=not-sure cv.angina.rest=yes; cv.hf=yes cv.hf.nyha=4; cv.hf=not-sure cv.hf.nyha=4 | .; cv.angina=yes cv.angina.rest=no; cv.hf=yes cv.hf.nyha=3 | cv.angina=yes; cv.angina=-; cv.hf=yes cv.hf.nyha=not-sure; cv.hf=-
        CV-09 | cv.cad=yes; cv.angina=yes; cv.mi=yes; cv.pacemaker=yes | . | cv.cad=not-sure; cv.angina=-; cv.mi=not-sure; cv.pacemaker=-
        CV-09b | cv.hf=yes; cv.cardiomyopathy=yes; cv.syncope=yes | . | cv.hf=not-sure; cv.cardiomyopathy=-; cv.syncope=not-sure
        CV-10 | neu.stroke=yes neu.stroke.date=2026-09-01; neu.stroke=yes neu.stroke.date=2026-10; neu.stroke=not-sure neu.stroke.date=2026-11; neu.tia=yes neu.tia.date=2026-09-01; neu.tia=not-sure neu.tia.date=2026-11 | .; neu.stroke=yes neu.stroke.date=2026-08-31; neu.stroke=yes neu.stroke.date=2024; neu.tia=yes neu.tia.date=2026-08-31 | neu.stroke=-; neu.stroke=yes; neu.stroke=yes neu.stroke.date=2026; neu.stroke=yes neu.stroke.date=not-sure; neu.tia=-; neu.tia=yes; neu.tia=yes neu.tia.date=not-sure
        CV-10b | neu.stroke=yes; neu.tia=yes | . | neu.stroke=not-sure; neu.tia=-
        CV-11 | neu.hypertensiveEnceph=yes | . | neu.hypertensiveEnceph=not-sure; neu.hypertensiveEnceph=-
        CV-12 | lab:ecg.qtc=501; lab:ecg.finding=ischaemia; lab:ecg.finding=new-block | lab:ecg.qtc=500; lab:ecg.finding=normal | never: .
        CV-13 | endo.pheo=yes | . | endo.pheo=not-sure; endo.pheo=-
        CV-14 | cv.pulmHtn=yes | . | cv.pulmHtn=not-sure; cv.pulmHtn=-
        CV-15 | cv.congenital=yes | . | cv.congenital=not-sure; cv.congenital=-
        CV-16 | cv.aorticDissection=yes | . | cv.aorticDissection=not-sure; cv.aorticDissection=-
        NEU-01 | neu.icp=yes neu.icp.now=yes; neu.tumour=yes neu.tumour.now=yes; neu.hydro=yes neu.hydro.now=yes; neu.tumour=not-sure neu.tumour.now=yes | .; neu.icp=yes neu.icp.now=no; neu.tumour=yes neu.tumour.now=no; neu.hydro=yes neu.hydro.now=no | neu.icp=not-sure; neu.icp=yes; neu.tumour=-; neu.hydro=yes neu.hydro.now=not-sure
        NEU-01b | neu.headInjury=yes neu.headInjury.date=2026-09-01; neu.headInjury=not-sure neu.headInjury.date=2026-11 | .; neu.headInjury=yes neu.headInjury.date=2026-08-31 | neu.headInjury=yes; neu.headInjury=yes neu.headInjury.date=2026; neu.headInjury=yes neu.headInjury.date=not-sure; neu.headInjury=-
        NEU-01c | neu.icp=yes; neu.tumour=yes neu.tumour.now=no; neu.hydro=yes | . | neu.icp=not-sure; neu.tumour=-; neu.hydro=-
        NEU-02 | neu.headInjury=yes neu.headInjury.symptomatic=yes | .; neu.headInjury=yes neu.headInjury.symptomatic=no | neu.headInjury=-; neu.headInjury=yes; neu.headInjury=yes neu.headInjury.symptomatic=not-sure
        NEU-03 | neu.seizure=yes | . | neu.seizure=not-sure; neu.seizure=-
        NEU-03b | neu.seizure=yes neu.seizure.uncontrolled=yes; neu.seizure=yes neu.seizure.date=2026-06-01 | .; neu.seizure=yes neu.seizure.uncontrolled=no neu.seizure.date=2026-05-31 | neu.seizure=-; neu.seizure=yes; neu.seizure=yes neu.seizure.uncontrolled=no; neu.seizure=yes neu.seizure.uncontrolled=not-sure neu.seizure.date=2019
        EYE-01 | eye.glaucoma=yes | . | eye.glaucoma=not-sure; eye.glaucoma=-
        EYE-01b | eye.openGlobe=yes | . | eye.openGlobe=not-sure; eye.openGlobe=-
        EYE-02 | eye.surgery=yes | . | eye.surgery=not-sure; eye.surgery=-
        RESP-01 | resp.osa=yes resp.osa.cpap=no; resp.copd=yes resp.copd.severe=yes; resp.o2=yes | .; resp.osa=yes resp.osa.cpap=yes; resp.copd=yes resp.copd.severe=no | resp.osa=yes; resp.osa=-; resp.copd=yes resp.copd.severe=not-sure; resp.o2=not-sure; resp.o2=-
        RESP-01b | resp.copd=yes; resp.asthma=yes | . | resp.copd=not-sure; resp.asthma=-
        RESP-01c | resp.asthma=yes resp.asthma.severe=yes; resp.asthma=not-sure resp.asthma.severe=yes | .; resp.asthma=yes resp.asthma.severe=no | resp.asthma=-; resp.asthma=yes; resp.asthma=not-sure; resp.asthma=yes resp.asthma.severe=not-sure
        RESP-02 | resp.osa=yes resp.osa.cpap=yes | .; resp.osa=yes resp.osa.cpap=no | resp.osa=yes; resp.osa=-; resp.osa=yes resp.osa.cpap=not-sure
        RESP-03 | reading:uri=yes | .; reading:uri=no | reading:uri=not-sure
        RESP-03b | resp.uri=yes | . | resp.uri=not-sure; resp.uri=-
        HEP-01 | hep.cirrhosis=yes hep.cirrhosis.severity=C; hep.cirrhosis=yes hep.cirrhosis.decompensated=yes; hep.cirrhosis=not-sure hep.cirrhosis.decompensated=yes | .; hep.cirrhosis=yes hep.cirrhosis.severity=B hep.cirrhosis.decompensated=no | hep.cirrhosis=-; hep.cirrhosis=yes; hep.cirrhosis=yes hep.cirrhosis.severity=not-sure hep.cirrhosis.decompensated=no
        HEP-02 | hep.any=yes; hep.cirrhosis=yes; hep.hepatitis=yes; hep.highEnzymes=yes | . | hep.any=not-sure; hep.cirrhosis=-; hep.hepatitis=not-sure; hep.highEnzymes=-
        HEP-02b | lab:alt.uln=3; lab:ast.uln=3 | lab:alt.uln=2.9 lab:ast.uln=2.9 | never: .
        REN-01 | lab:egfr=29.9 | lab:egfr=30 | never: .
        REN-01b | ren.dialysis=yes; ren.ckd=yes ren.ckd.stage=4; ren.ckd=yes ren.ckd.stage=5 | .; ren.ckd=yes ren.ckd.stage=3 | ren.dialysis=not-sure; ren.dialysis=-; ren.ckd=yes; ren.ckd=yes ren.ckd.stage=not-sure
        REN-01c | ren.ckd=yes | . | ren.ckd=not-sure; ren.ckd=-
        HEM-01 | lab:hemoglobin=7.99; lab:platelets=49.9; lab:wbc=2; lab:wbc=30 | lab:hemoglobin=8 lab:platelets=50 lab:wbc=29 | never: .
        URO-01 | uro.cystitis=yes; uro.luts=yes | . | uro.cystitis=not-sure; uro.luts=-
        URO-01b | reading:luts=yes | .; reading:luts=no | reading:luts=not-sure
        GI-01 | gi.gastroparesis=yes; gi.reflux=yes | . | gi.gastroparesis=not-sure; gi.gastroparesis=-; gi.reflux=not-sure; gi.reflux=-
        THY-01 | endo.hyperthyroid=yes endo.hyperthyroid.controlled=no | .; endo.hyperthyroid=yes endo.hyperthyroid.controlled=yes | endo.hyperthyroid=-; endo.hyperthyroid=yes; endo.hyperthyroid=yes endo.hyperthyroid.controlled=not-sure
        THY-01b | endo.hyperthyroid=yes endo.hyperthyroid.storm=yes; endo.hyperthyroid=not-sure endo.hyperthyroid.storm=yes | .; endo.hyperthyroid=yes endo.hyperthyroid.storm=no | endo.hyperthyroid=-; endo.hyperthyroid=yes; endo.hyperthyroid=yes endo.hyperthyroid.storm=not-sure
        THY-01c | endo.hyperthyroid=yes endo.hyperthyroid.controlled=yes | .; endo.hyperthyroid=yes endo.hyperthyroid.controlled=no | endo.hyperthyroid=-; endo.hyperthyroid=yes
        THY-02 | endo.thyroidMeds=yes | . | endo.thyroidMeds=not-sure; endo.thyroidMeds=-
        END-01 | endo.diabetes=yes endo.diabetes.insulin=yes; med.classes=insulin; med.classes=sulfonylurea | .; endo.diabetes=yes endo.diabetes.insulin=no | endo.diabetes=-; endo.diabetes=yes; endo.diabetes=yes endo.diabetes.insulin=not-sure; med.classes=not-sure; med.classes=-
        END-01b | endo.diabetes=yes | . | endo.diabetes=not-sure; endo.diabetes=-
        END-02 | med.sglt2=yes | . | med.sglt2=not-sure; med.sglt2=-
        POR-01 | por.porphyria=yes | . | por.porphyria=not-sure; por.porphyria=-
        PREG-01 | preg.pregnant=yes; dem.sexAtBirth=intersex preg.pregnant=yes; dem.sexAtBirth=not-sure preg.pregnant=yes | .; dem.sexAtBirth=male preg.pregnant=yes | preg.pregnant=not-sure; preg.pregnant=-; dem.sexAtBirth=- preg.pregnant=-
        PREG-01b | lab:hcg=positive | lab:hcg=negative | never: .
        PREG-02 | preg.pregnant=not-sure; preg.trying=yes; preg.potential=yes preg.contraception=no; preg.late=yes | .; preg.potential=yes preg.contraception=yes; dem.sexAtBirth=male preg.trying=yes | preg.pregnant=-; preg.trying=not-sure; preg.potential=yes preg.contraception=not-sure; preg.potential=-; preg.late=-; preg.late=not-sure
        PREG-02b | preg.potential=yes; preg.potential=yes preg.contraception=yes; dem.sexAtBirth=undisclosed preg.potential=yes | .; dem.sexAtBirth=male | preg.potential=not-sure; preg.potential=-; dem.sexAtBirth=- preg.potential=-
        PREG-03 | preg.breastfeeding=yes | .; dem.sexAtBirth=male | preg.breastfeeding=not-sure; preg.breastfeeding=-
        AGE-01 | born=2008-12-02 | born=2008-12-01 | never: .
        AGE-02 | born=1961-12-01 | born=1961-12-02 | never: .
        AGE-02b | born=1951-12-01 | born=1951-12-02 | never: .
        SURG-01 | surg.recent=yes | . | surg.recent=not-sure; surg.recent=-
        BMI-01 | dem.weightKg=115.6 dem.heightCm=170; dem.weightKg=160 dem.heightCm=170 | dem.weightKg=115.3 dem.heightCm=170; dem.weightKg=60 dem.heightCm=170 | never: .; dem.weightKg=200; dem.heightCm=150; dem.weightKg=not-sure dem.heightCm=150
        ALG-01 | alg.ketamine=yes | . | alg.ketamine=not-sure; alg.ketamine=-
        ALG-02 | anes.badReaction=yes; ket.prior=yes ket.prior.reaction=yes | .; ket.prior=yes ket.prior.reaction=no | anes.badReaction=not-sure; anes.badReaction=-; ket.prior=yes; ket.prior=not-sure ket.prior.reaction=yes
        ALG-03 | alg.other=yes | . | alg.other=not-sure; alg.other=-
        ALG-03b | alg.other=yes alg.other.list=propofol; alg.other=yes alg.other.list=Anaphylaxis; alg.other=yes alg.other.list=pollen,lidocaine; alg.other=yes alg.other.list=xyzzy; alg.other=yes alg.other.list=not-sure; alg.other=yes alg.other.list=mild; alg.other=yes alg.other.list=алергия; alg.other=not-sure alg.other.list=propofol | .; alg.other=yes alg.other.list=Pollen; alg.other=yes alg.other.list=cats,and,dogs; alg.other=yes alg.other.list=Polen,ácaros; alg.other=not-sure alg.other.list=hay-fever | alg.other=-; alg.other=yes; alg.other=not-sure
        NV-01 | anes.motion=yes | . | anes.motion=not-sure; anes.motion=-
        SUB-01 | sub.ketamine30d=yes; sub.opioid30d=yes; sub.stimulant30d=yes; sub.dependence=yes; sub.opioid30d=yes sub.inTreatment=yes | .; sub.drug30d=yes; sub.drug30d=yes sub.inTreatment=no | sub.ketamine30d=not-sure; sub.ketamine30d=-; sub.opioid30d=-; sub.stimulant30d=not-sure; sub.dependence=not-sure; sub.dependence=-
        SUB-02 | sub.ketamineRec=yes | . | sub.ketamineRec=not-sure; sub.ketamineRec=-
        SUB-03 | sub.inTreatment=yes; sub.drug12m=yes | . | sub.inTreatment=not-sure; sub.drug12m=-
        SUB-03b | sub.drug30d=yes | . | sub.drug30d=not-sure; sub.drug30d=-
        SUB-04 | sub.alcohol=yes auditc.1=3 auditc.2=0 auditc.3=0; dem.sexAtBirth=male sub.alcohol=yes auditc.1=4 auditc.2=0 auditc.3=0 | .; sub.alcohol=yes auditc.1=2 auditc.2=0 auditc.3=0; dem.sexAtBirth=male sub.alcohol=yes auditc.1=3 auditc.2=0 auditc.3=0 | sub.alcohol=yes auditc.2=0 auditc.3=0; sub.alcohol=yes auditc.1=not-sure auditc.2=0 auditc.3=0; dem.sexAtBirth=- sub.alcohol=yes auditc.1=3 auditc.2=0 auditc.3=0
        SUB-04b | sub.alcohol=yes auditc.1=4 auditc.2=4 auditc.3=0; sub.alcohol=yes auditc.1=4 auditc.2=4 | .; sub.alcohol=yes auditc.1=4 auditc.2=3 auditc.3=0; sub.alcohol=yes auditc.1=3 auditc.3=0 | sub.alcohol=yes auditc.1=4 auditc.3=0; sub.alcohol=yes auditc.1=4 auditc.2=not-sure auditc.3=0
        SUB-04c | sub.alcohol=yes auditc.1=4 auditc.2=1 auditc.3=0; sub.alcohol=not-sure auditc.1=4 auditc.2=4 auditc.3=0; sub.alcohol=no auditc.1=4 auditc.2=1 | .; sub.alcohol=yes auditc.1=4 auditc.2=0 auditc.3=0; sub.alcohol=yes auditc.1=3 auditc.2=4 auditc.3=0; sub.alcohol=no | sub.alcohol=-; sub.alcohol=yes auditc.1=4 auditc.3=0; sub.alcohol=yes auditc.2=1 auditc.3=0; sub.alcohol=yes auditc.1=not-sure auditc.2=1 auditc.3=0
        SUB-05 | reading:alcoholInsideWindow=yes; reading:intoxicated=yes | .; reading:alcoholInsideWindow=no reading:intoxicated=no | reading:alcoholInsideWindow=not-sure; reading:intoxicated=not-sure
        SUB-06 | sub.cannabis=yes | . | sub.cannabis=not-sure; sub.cannabis=-
        SUB-07 | sub.withdrawal=yes; sub.alcohol=no sub.withdrawal=yes | . | sub.withdrawal=not-sure; sub.withdrawal=-
        SUB-08 | sub.ketamineDependence=yes | . | sub.ketamineDependence=not-sure; sub.ketamineDependence=-
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
        DDI-10b | med.classes=antipsychotic med.antipsychotic.for=bipolar; med.classes=antipsychotic med.antipsychotic.for=psychosis; med.classes=antipsychotic med.antipsychotic.for=other; med.classes=antipsychotic med.antipsychotic.for=not-sure; med.classes=antipsychotic | .; med.classes=antipsychotic med.antipsychotic.for=depression; med.classes=antipsychotic med.antipsychotic.for=sleep; med.classes=maoi | med.classes=-; med.classes=not-sure; med.classes=not-sure med.antipsychotic.for=psychosis
        DDI-11 | med.classes=lithium | . | med.classes=not-sure; med.classes=-
        DDI-11b | med.classes=lithium med.lithium.for=bipolar; med.classes=lithium med.lithium.for=psychosis; med.classes=lithium med.lithium.for=other; med.classes=lithium med.lithium.for=not-sure; med.classes=lithium | .; med.classes=lithium med.lithium.for=depression; med.classes=lithium med.lithium.for=sleep; med.classes=maoi | med.classes=-; med.classes=not-sure; med.classes=not-sure med.lithium.for=psychosis
        DDI-12 | med.classes=opioid-antagonist | . | med.classes=not-sure; med.classes=-
        DDI-13 | esk.now=yes | . | esk.now=not-sure; esk.now=-
        DDI-14 | med.glp1=yes | . | med.glp1=not-sure; med.glp1=-
        DDI-14b | med.glp1=yes med.glp1.raised=yes; med.glp1=yes med.glp1.stomach=yes; med.glp1=not-sure med.glp1.stomach=yes | .; med.glp1=yes med.glp1.raised=no med.glp1.stomach=no; med.glp1=not-sure med.glp1.raised=no med.glp1.stomach=no | med.glp1=-; med.glp1=yes; med.glp1=yes med.glp1.raised=no; med.glp1=yes med.glp1.raised=not-sure med.glp1.stomach=no; med.glp1=not-sure
        DDI-15 | med.classes=ssri-snri | . | med.classes=not-sure; med.classes=-
        DDI-16 | med.anticoagulant=yes | . | med.anticoagulant=not-sure; med.anticoagulant=-
        DDI-17 | med.nmda=yes | . | med.nmda=not-sure; med.nmda=-
        DDI-18 | med.oxybate=yes | . | med.oxybate=not-sure; med.oxybate=-
        DDI-19 | med.bupropion=yes | . | med.bupropion=not-sure; med.bupropion=-
        DDI-20 | med.tricyclic=yes | . | med.tricyclic=not-sure; med.tricyclic=-
        DDI-21 | med.tramadol=yes | . | med.tramadol=not-sure; med.tramadol=-
        IND-01 | ind.primary=sleep; ind.primary=other | .; ind.primary=TRD; ind.primary=PTSD | ind.primary=not-sure; ind.primary=-
        IND-02 | ind.trials=1; ind.primary=bipolarDep ind.trials=0; ind.primary=TRD ind.trials=1 | ind.trials=2; ind.primary=PTSD ind.trials=0 | ind.trials=not-sure; ind.trials=-; ind.primary=- ind.trials=1
        IND-03 | ind.therapyTried=no | . | ind.therapyTried=not-sure; ind.therapyTried=-
        LOG-01 | log.escort=no | .; log.drives=yes | log.escort=not-sure; log.escort=-
        LOG-01b | log.drives=yes | .; log.escort=no | log.drives=not-sure; log.drives=-
        LOG-03 | reading:escort=no; reading:escort=not-reached | .; reading:escort=reached | reading:escort=not-sure
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
