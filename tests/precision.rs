//! The tables in `docs/precision.md` are made of `docs/precision.tsv`, which has a line for every rule, of
//! `docs/precision-packs.tsv`, which has one for every rule of the packs, and of `docs/precision-siblings.tsv`.
//!
//! `LOCLINT_BLESS=1 cargo test --test precision` writes the tables anew.
#![allow(clippy::unwrap_used, reason = "a failure here is the report")]

mod common;

use std::fs;

use common::project;
use loclint::packs::load;
use loclint::rules::declarative::SHIPPED;
use loclint::rules::{Rule, Settings, Severity, builtin};

const TABLES: [&str; 3] = ["precision.tsv", "precision-siblings.tsv", "precision-packs.tsv"];
const END: &str = "<!-- end of table -->\n";

fn table(data: &str) -> String {
    let mut table = String::new();
    for (number, line) in data.lines().enumerate() {
        let cells: Vec<&str> = line.split('\t').collect();
        table += &format!("| {} |\n", cells.join(" | "));
        if number == 0 {
            table += &format!("|{}\n", "---|".repeat(cells.len()));
        }
    }
    table
}

fn data(name: &str) -> String {
    fs::read_to_string(project().join("docs").join(name)).unwrap()
}

#[test]
fn the_tables_are_those_of_the_data() {
    let path = project().join("docs/precision.md");
    let page = fs::read_to_string(&path).unwrap();
    let mut wanted = page.clone();
    for name in TABLES {
        let start = format!("<!-- table of {name} -->\n");
        let (before, rest) = wanted.split_once(&start).unwrap();
        let (_, after) = rest.split_once(END).unwrap();
        wanted = format!("{before}{start}{}{END}{after}", table(&data(name)));
    }
    if std::env::var_os("LOCLINT_BLESS").is_some() {
        fs::write(&path, wanted).unwrap();
    } else {
        assert_eq!(page, wanted, "LOCLINT_BLESS=1 cargo test --test precision writes it anew");
    }
}

/// What siblings make less sure is wrong more often than what they do not.
#[test]
fn precision_rises_where_siblings_exist() {
    let data = data("precision-siblings.tsv");
    let mut counts: Vec<(&str, f64, f64)> = Vec::new();
    for line in data.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let number = |at: usize| cells[at].parse::<f64>().unwrap();
        // As many findings are real as of those that were read.
        counts.push((cells[1], number(2), number(2) * number(4) / number(3)));
    }
    let precision = |levels: &[&str]| {
        let of = || counts.iter().filter(|(level, ..)| levels.contains(level));
        of().map(|(.., real)| real).sum::<f64>() / of().map(|(_, findings, _)| findings).sum::<f64>()
    };
    let percent = |levels: &[&str]| format!("{:.1} %", 100.0 * precision(levels));
    let (all, sure) = (percent(&["low", "medium", "high"]), percent(&["medium", "high"]));
    assert_eq!((all.as_str(), sure.as_str()), ("89.1 %", "92.0 %"));
    let page = fs::read_to_string(project().join("docs/precision.md")).unwrap();
    assert!(page.contains(&format!("{all} of the findings are real without siblings, {sure} with them")));
}

/// Pages that tell what was found tell what the ledger has, and shares are in the ledger alone.
#[test]
fn what_pages_repeat_of_the_ledger_is_true() {
    let data = data("precision.tsv");
    let rules = builtin(&Settings::default()).unwrap();
    for cells in data.lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>()) {
        let page = &rules.iter().find(|rule| rule.info.id == cells[0]).unwrap().info.page;
        let measured =
            page.split("## Measured\n\n").nth(1).and_then(|rest| rest.split("\n\n").next()).unwrap();
        let number = |cell: &str| cell.parse::<u32>().ok();
        let found = number(cells[1]).map(|a| a + number(cells[2]).unwrap_or_default());
        if measured.starts_with("Two published trees") || measured.starts_with("NuGet tree") {
            let told = told(measured, "finding").or_else(|| measured.contains("no finding").then_some(0));
            assert!(told.is_none() || told == found, "{}: {told:?} findings, and {found:?}", cells[0]);
        }
        if measured.starts_with("Two published trees") {
            let real = told(measured, "real");
            assert!(real.is_none() || real == number(cells[8]), "{}: {real:?} real", cells[0]);
        }
        assert!(!measured.contains("per 1,000"), "{}: that is what the ledger is for", cells[0]);
    }
}

/// The first number before a word: `1,853 findings`.
fn told(text: &str, word: &str) -> Option<u32> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let pair = words
        .windows(2)
        .find(|pair| pair[1].starts_with(word) && pair[0].ends_with(|c: char| c.is_ascii_digit()));
    pair.and_then(|pair| pair[0].replace(',', "").parse().ok())
}

#[test]
fn every_rule_has_a_line_and_the_precision_that_its_severity_asks_for() {
    measured("precision.tsv", 7, &builtin(&Settings::default()).unwrap());
}

#[test]
fn every_rule_of_the_packs_has_a_line_and_the_precision_that_its_severity_asks_for() {
    let packs: Vec<_> = SHIPPED.iter().map(|(name, _)| load(name, &project(), &project()).unwrap()).collect();
    let rules: Vec<Rule> = packs.iter().flat_map(|pack| pack.rules()).collect();
    measured("precision-packs.tsv", 3, &rules);
}

/// The table has a line for every rule, and of the findings that were read (column `read`) enough were real (the next).
fn measured(table: &str, read: usize, rules: &[Rule]) {
    let data = data(table);
    let lines: Vec<Vec<&str>> = data.lines().skip(1).map(|line| line.split('\t').collect()).collect();
    let ids: Vec<&str> = lines.iter().map(|cells| cells[0]).collect();
    let mut rules: Vec<&Rule> = rules.iter().collect();
    rules.sort_by(|a, b| a.info.id.cmp(&b.info.id));
    assert_eq!(ids, rules.iter().map(|rule| rule.info.id.as_ref()).collect::<Vec<_>>());
    for (cells, rule) in lines.iter().zip(rules) {
        let count = |cell: &str| cell.parse::<u32>().ok();
        let (Some(read), Some(real)) = (count(cells[read]), count(cells[read + 1])) else { continue };
        let least = match rule.info.severity.map(Severity::as_str) {
            Some("error") => 9,
            Some("warning") => 8,
            _ => 0,
        };
        assert!(real * 10 >= read * least, "{}: {real} of {read} are not enough for its severity", cells[0]);
    }
}
