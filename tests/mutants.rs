//! The tests of built-in rules notice every small change of the rules.

use govlint::authoring::mutate::mutate;
use govlint::manifest::BUILT_IN;
use govlint::pack::built_in;

#[test]
fn no_mutant_survives() {
    for name in built_in::names() {
        let pack = built_in::with_tests(&BUILT_IN, name).expect("a built-in pack has that name");
        let mutation = mutate(&BUILT_IN, &pack, "");
        assert!(!mutation.mutants.is_empty(), "{name} has no mutants");
        let told: Vec<_> = mutation
            .survivors()
            .map(|(mutant, _)| {
                let line = pack.files[mutant.place.file].region(mutant.place.span).line;
                let (of, change) = (mutant.subject.name(&pack), &mutant.change);
                format!("{of}, line {line}: {:?} became {:?}", change.before, change.after)
            })
            .collect();
        assert!(told.is_empty(), "{name}: {} of {} survive\n{}", told.len(), mutation.mutants.len(), told.join("\n"));
    }
}
