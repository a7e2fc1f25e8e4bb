//! `docs/SUMMARY.md`: the first parts are written by hand, the part "Rules" is made here.

use loclint::rules::declarative::SHIPPED;

use super::rules::{categories, infos, name};
use super::{blesses, docs, markdown_below, read};

const RULES: &str = "\n# Rules\n";

/// The summary with the rules as they are.
pub(crate) fn page() -> String {
    let text = read(&docs().join("SUMMARY.md"));
    let by_hand = text.split_once(RULES).map_or(&*text, |(before, _)| before);
    let mut rules = "\n- [All rules](rules/README.md)\n".to_string();
    for (category, infos) in categories(&infos()) {
        rules += &format!("- [{category}](rules/{category}/README.md)\n");
        rules += &infos
            .iter()
            .map(|info| format!("  - [{}](rules/{}.md)\n", name(info), info.id))
            .collect::<String>();
    }
    rules += "- [Packs](rules/packs/README.md)\n";
    rules +=
        &SHIPPED.iter().map(|(name, _)| format!("  - [{name}](rules/packs/{name}.md)\n")).collect::<String>();
    format!("{}\n{RULES}{rules}", by_hand.trim_end_matches('\n'))
}

#[test]
fn every_page_is_in_the_summary_once() {
    if blesses() {
        return;
    }
    let text = read(&docs().join("SUMMARY.md"));
    let listed: Vec<&str> =
        text.lines().filter_map(|line| line.split_once("](")?.1.strip_suffix(')')).collect();
    for page in markdown_below(&docs()) {
        let count = listed.iter().filter(|listed| **listed == page).count();
        let title = read(&docs().join(&page));
        let title = title.lines().find_map(|line| line.strip_prefix("# ")).unwrap_or("Title");
        // What is not in the summary is not in the book.
        assert!(
            page == "SUMMARY.md" || count == 1,
            "docs/{page} is {count} times in docs/SUMMARY.md; put the line \"- [{title}]({page})\" where it belongs"
        );
    }
    for page in listed {
        assert!(docs().join(page).is_file(), "docs/SUMMARY.md lists \"{page}\", which is not there");
    }
}
