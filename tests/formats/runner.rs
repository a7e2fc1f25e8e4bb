//! Reads workflow commands as the runner of GitHub Actions does.

use std::collections::BTreeMap;

/// An annotation.
#[derive(Debug)]
pub(crate) struct Annotation {
    pub(crate) properties: BTreeMap<String, String>,
    pub(crate) message: String,
}

/// The annotations of a log, all of whose lines are such.
pub(crate) fn annotations(log: &str) -> Vec<Annotation> {
    log.split_terminator('\n')
        .map(|line| annotation(line).unwrap_or_else(|| panic!("no annotation: {line}")))
        .collect()
}

fn annotation(line: &str) -> Option<Annotation> {
    let (head, message) = line.strip_prefix("::")?.split_once("::")?;
    let (command, properties) = head.split_once(' ')?;
    ["error", "warning", "notice"].contains(&command).then_some(())?;
    let property = |pair: &str| {
        let (key, value) = pair.split_once('=')?;
        Some((key.to_string(), unescaped(value)))
    };
    let properties: Option<BTreeMap<_, _>> = properties.split(',').map(property).collect();
    Some(Annotation { properties: properties?, message: unescaped(message) })
}

fn unescaped(text: &str) -> String {
    let text = text.replace("%0D", "\r").replace("%0A", "\n").replace("%3A", ":").replace("%2C", ",");
    text.replace("%25", "%")
}
