//! The table in `docs/precision.md` is made of `docs/precision.tsv`, which has a line for every rule.
//!
//! `LOCLINT_BLESS=1 cargo test --test precision` writes the table anew.
#![allow(clippy::unwrap_used, reason = "a failure here is the report")]

mod common;

use std::fs;

use common::project;
use loclint::rules::{Settings, Severity, builtin};

const START: &str = "<!-- table of precision.tsv -->\n";
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

#[test]
fn the_table_is_that_of_the_data() {
    let data = fs::read_to_string(project().join("docs/precision.tsv")).unwrap();
    let path = project().join("docs/precision.md");
    let page = fs::read_to_string(&path).unwrap();
    let (before, rest) = page.split_once(START).unwrap();
    let (_, after) = rest.split_once(END).unwrap();
    let wanted = format!("{before}{START}{}{END}{after}", table(&data));
    if std::env::var_os("LOCLINT_BLESS").is_some() {
        fs::write(&path, wanted).unwrap();
    } else {
        assert_eq!(page, wanted, "LOCLINT_BLESS=1 cargo test --test precision writes it anew");
    }
}

#[test]
fn every_rule_has_a_line_and_the_precision_that_its_severity_asks_for() {
    let data = fs::read_to_string(project().join("docs/precision.tsv")).unwrap();
    let rules = builtin(&Settings::default()).unwrap();
    let lines: Vec<Vec<&str>> = data.lines().skip(1).map(|line| line.split('\t').collect()).collect();
    let ids: Vec<&str> = lines.iter().map(|cells| cells[0]).collect();
    assert_eq!(ids, rules.iter().map(|rule| rule.info.id.as_ref()).collect::<Vec<_>>());
    for (cells, rule) in lines.iter().zip(&rules) {
        let count = |cell: &str| cell.parse::<u32>().ok();
        let (Some(read), Some(real)) = (count(cells[7]), count(cells[8])) else { continue };
        let least = match rule.info.severity.map(Severity::as_str) {
            Some("error") => 9,
            Some("warning") => 8,
            _ => 0,
        };
        assert!(real * 10 >= read * least, "{}: {real} of {read} are not enough for its severity", cells[0]);
    }
}
