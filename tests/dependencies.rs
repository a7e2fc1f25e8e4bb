//! `docs/dependencies.md` has every direct dependency, with its features.
#![allow(clippy::unwrap_used, reason = "a failure here is the report")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// The crates of the program; those for tests and benchmarks are of no concern.
const OWN: [(&str, &str); 3] =
    [("loclint", "loclint"), ("loclint-bitext", "bitext"), ("loclint-rules", "rules")];

/// Where a dependency is used, and its features.
type Uses = BTreeMap<String, (BTreeSet<String>, BTreeSet<String>)>;

/// What the manifests say.
fn declared() -> Uses {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--format-version", "1", "--offline", "--locked"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut uses = Uses::new();
    for package in metadata["packages"].as_array().unwrap() {
        let Some((_, own)) = OWN.iter().find(|(name, _)| package["name"] == *name) else { continue };
        for dependency in package["dependencies"].as_array().unwrap() {
            let name = dependency["name"].as_str().unwrap();
            // "dev" or "build", or another crate of the workspace.
            if dependency["kind"] != Value::Null || dependency.get("path").is_some() {
                continue;
            }
            let (places, features) = uses.entry(name.to_string()).or_default();
            places.insert((*own).to_string());
            let named = dependency["features"].as_array().unwrap().iter();
            features.extend(named.map(|feature| feature.as_str().unwrap().to_string()));
            features.extend((dependency["uses_default_features"] == true).then(|| "default".to_string()));
        }
    }
    uses
}

/// What the page says.
fn told() -> Uses {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/dependencies.md");
    let page = fs::read_to_string(page).unwrap();
    // The table comes before the first part with a heading.
    let page = page.split("\n## ").next().unwrap();
    let rows = page.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| crate "));
    let cells = |row: &str| row.trim_matches('|').split(" | ").map(|cell| cell.trim().to_string()).collect();
    let list = |cell: &str| {
        cell.split(", ").filter(|word| *word != "none").map(String::from).collect::<BTreeSet<String>>()
    };
    let uses = rows.map(|row| {
        let cells: Vec<String> = cells(row);
        assert!(cells.len() == 6 && cells.iter().all(|cell| !cell.is_empty()), "{row}");
        assert!(cells[5].parse::<usize>().is_ok(), "{row}");
        (cells[0].clone(), (list(&cells[1]), list(&cells[4])))
    });
    uses.collect()
}

#[test]
fn every_direct_dependency_is_on_the_page() {
    let (declared, told) = (declared(), told());
    assert!(declared.len() > 30, "{declared:?}");
    let names = |uses: &Uses| uses.keys().cloned().collect::<BTreeSet<String>>();
    let missing: Vec<_> = names(&declared).difference(&names(&told)).cloned().collect();
    assert!(missing.is_empty(), "docs/dependencies.md does not say what {} is for", missing.join(", "));
    let gone: Vec<_> = names(&told).difference(&names(&declared)).cloned().collect();
    assert!(gone.is_empty(), "docs/dependencies.md has {}, which nothing depends on", gone.join(", "));
    for (name, uses) in &declared {
        assert_eq!(
            &told[name], uses,
            "docs/dependencies.md is wrong about where {name} is used, or its features"
        );
    }
}
