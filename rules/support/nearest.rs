//! "Did you mean …?"

/// Names that are less like than this (Jaro-Winkler, from 0 to 1) are not the ones that were meant.
const ALIKE: f64 = 0.8;

/// Longer names, in bytes, are not misspelt ones, and a document can hold one of a million bytes.
const LONGEST: usize = 256;

/// The name of a rule or a category that was probably meant. A rule can be named without its category.
pub fn nearest<'a>(name: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name = Some(name).filter(|name| name.len() <= LONGEST)?;
    likest(names, |known| {
        let bare = known.rsplit('/').next().unwrap_or(known);
        strsim::jaro_winkler(name, known).max(strsim::jaro_winkler(name, bare))
    })
}

/// The key that was probably meant, in a file that users write. Keys are in small letters, with hyphens.
pub fn nearest_key<'a>(key: &str, known: &[&'a str]) -> Option<&'a str> {
    let key = Some(key).filter(|key| key.len() <= LONGEST)?.to_lowercase().replace(['_', ' '], "-");
    likest(known.iter().copied(), |known| strsim::jaro_winkler(&key, known))
}

fn likest<'a>(names: impl IntoIterator<Item = &'a str>, likeness: impl Fn(&str) -> f64) -> Option<&'a str> {
    let rated = names.into_iter().map(|known| (likeness(known), known));
    let best = rated.max_by(|a, b| a.0.total_cmp(&b.0))?;
    (best.0 > ALIKE).then_some(best.1)
}
