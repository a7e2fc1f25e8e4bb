//! "Did you mean …?"

/// The name of a rule or a category that was probably meant. A rule can be named without its category.
pub fn nearest<'a>(name: &str, names: &'a [String]) -> Option<&'a str> {
    let likeness = |known: &str| {
        let bare = known.rsplit('/').next().unwrap_or(known);
        strsim::jaro_winkler(name, known).max(strsim::jaro_winkler(name, bare))
    };
    let best = names.iter().map(|known| (likeness(known), known)).max_by(|a, b| a.0.total_cmp(&b.0))?;
    (best.0 > 0.8).then_some(best.1)
}
