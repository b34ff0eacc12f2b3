//! `govlint rules test`: runs the tests that stand in rules.

use std::io::Write;

use crate::authoring::test::Bench;
use crate::cli::failure::Failure;
use crate::lang::Lang;
use crate::manifest::BUILT_IN;
use crate::report::Look;

use std::sync::Arc;

use crate::pack::Pack;

/// Runs the tests of those rules of a pack whose names contain `named`; how many ran, and how many of them failed.
pub(super) fn test(out: &mut dyn Write, pack: &Arc<Pack>, named: &str, look: Look) -> Result<(usize, usize), Failure> {
    let bench = Bench::new(&BUILT_IN, Arc::clone(pack));
    let (mut ran, mut failed) = (0, 0);
    for rule in pack.rules.iter().filter(|rule| rule.id.to_string().contains(named)) {
        let failures = rule.tests.iter().filter_map(|test| Some((test, bench.run(rule, test).err()?)));
        let failures: Vec<_> = failures.collect();
        ran += rule.tests.len();
        failed += failures.len();
        for (test, failure) in failures {
            writeln!(out, "{} ✗ {}: {failure}", rule.id, test.name)?;
        }
    }
    let id = &pack.instrument.id;
    match look.lang {
        Lang::En => writeln!(out, "{id}: {ran} tests, {failed} failed")?,
        Lang::Zh => writeln!(out, "{id}：{ran} 个测试，{failed} 个未通过")?,
    }
    Ok((ran, failed))
}
