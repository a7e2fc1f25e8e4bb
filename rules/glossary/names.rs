//! What can have become of a name that should stand in a target as it stands in the source.

use std::ops::Range;

use bitext::Locale;

use super::forms::{How, Wanted, Words};
use crate::support::words;

/// What became of a name, and where in the target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Broken {
    /// A blank or a hyphen came into a word of it.
    Split(Range<usize>),
    /// Its words were joined to one, or a sign stands between them.
    Joined(Range<usize>),
    /// The sign at its start or end is lost: `NET`.
    Sign(Range<usize>),
    /// A letter is wrong.
    Misspelt(Range<usize>),
    /// Its words are all there, but in another order or with others between them.
    Apart(Range<usize>),
    /// One of its words is there, the others are not.
    Partial(Range<usize>),
    /// Nothing of it is there.
    Absent,
}

impl Broken {
    /// The place in the target.
    pub(crate) fn range(&self) -> Option<&Range<usize>> {
        match self {
            Self::Split(range)
            | Self::Joined(range)
            | Self::Sign(range)
            | Self::Misspelt(range)
            | Self::Apart(range)
            | Self::Partial(range) => Some(range),
            Self::Absent => None,
        }
    }
}

fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

/// Whether a name stands in a text so many times at least, whatever follows it.
pub(crate) fn has(text: &str, name: &str, times: usize) -> bool {
    let bytes = text.as_bytes();
    let starts = |at: &usize| !at.checked_sub(1).is_some_and(|before| bytes[before].is_ascii_alphanumeric());
    words::places_of(text, name).filter(starts).take(times).count() == times
}

/// A name, the source text that has it `count` times, and the target.
pub(crate) struct Case<'a> {
    pub(crate) name: &'a str,
    pub(crate) count: usize,
    /// In small letters.
    pub(crate) source: &'a str,
    pub(crate) target: &'a Words<'a>,
    pub(crate) locale: &'a Locale,
}

/// Endings, compounds and other case leave a name what it is.
const HOW: How = How { exact: false, case_sensitive: false, loose: true };

impl Case<'_> {
    /// What became of the name, if it does not stand in the target as often as in the source.
    pub(crate) fn broken(&self) -> Option<Broken> {
        // In the same letters, whatever follows them.
        if has(&self.target.text.to_lowercase(), &self.name.to_lowercase(), self.count) {
            return None;
        }
        let kept = self.places(self.name);
        if kept.len() >= self.count {
            return None;
        }
        let parts: Vec<&str> = Words::new(self.name).words.into_iter().map(|(_, word)| word).collect();
        let found = self.sign_lost().or_else(|| match parts[..] {
            [] => None,
            [word] => self.split(word).or_else(|| self.misspelt(word)),
            _ => self.joined(&parts).or_else(|| self.apart(&parts)),
        });
        let is_other =
            |broken: &Broken| !kept.iter().any(|range| broken.range().is_some_and(|own| overlap(range, own)));
        found.filter(is_other).or_else(|| {
            // What stands there once may have been left out elsewhere for the sake of the sentence.
            kept.is_empty().then(|| self.partial(&parts).unwrap_or(Broken::Absent))
        })
    }

    fn places(&self, text: &str) -> Vec<Range<usize>> {
        Wanted::new(text, self.locale, HOW).find_in(self.target)
    }

    /// `Nu Get`
    fn split(&self, name: &str) -> Option<Broken> {
        let words = &self.target.words;
        let wanted = Wanted::new(name, self.locale, How { loose: false, ..HOW });
        words.windows(2).find_map(|pair| {
            let [(at, head), (next, tail)] = pair else { return None };
            let range = *at..next + tail.len();
            let written = &self.target.text[range.clone()];
            let gap = &self.target.text[at + head.len()..*next];
            let whole = format!("{head}{tail}");
            let is_split = matches!(gap, " " | "\u{a0}" | "-")
                && head.chars().nth(1).is_some()
                && tail.chars().nth(1).is_some()
                && head.len() < name.len()
                && wanted.is_in(&Words::new(&whole))
                && !self.source.contains(&written.to_lowercase());
            is_split.then_some(Broken::Split(range))
        })
    }

    /// `PowerApps`, `ASP. NET`
    fn joined(&self, parts: &[&str]) -> Option<Broken> {
        let whole = parts.concat().to_lowercase();
        let one = self.target.words.iter().find(|(_, word)| {
            let word = word.to_lowercase();
            word.starts_with(&whole) && !self.source.contains(&whole)
        });
        if let Some((at, word)) = one {
            return Some(Broken::Joined(*at..at + word.len()));
        }
        let in_a_row = self.target.words.windows(parts.len()).find(|row| {
            row.iter().zip(parts).all(|((_, word), part)| word.to_lowercase() == part.to_lowercase())
        })?;
        let (last, word) = in_a_row[parts.len() - 1];
        let range = in_a_row[0].0..last + word.len();
        let written = self.target.text[range.clone()].to_lowercase();
        (!self.source.contains(&written)).then_some(Broken::Joined(range))
    }

    /// `. NET`, `NET Core`
    fn sign_lost(&self) -> Option<Broken> {
        let bare = self.name.strip_prefix('.')?;
        let mut source = Words::new(self.source).words.into_iter();
        let first = bare.split(' ').next()?.to_lowercase();
        // The source has it both with the sign and without.
        if source.any(|(at, word)| word == first && !self.source[..at].ends_with('.')) {
            return None;
        }
        let text = self.target.text;
        let place = self
            .places(bare)
            .into_iter()
            .find(|range| text[range.start..].starts_with(bare) && !text[..range.start].ends_with('.'))?;
        let before = text[..place.start].trim_end();
        let stop = before.chars().next_back().filter(|c| matches!(c, '.' | '。'));
        let start = stop.map_or(place.start, |stop| before.len() - stop.len_utf8());
        Some(Broken::Sign(start..place.end))
    }

    /// `Mircosoft`
    fn misspelt(&self, name: &str) -> Option<Broken> {
        /// Shorter words have too many neighbours.
        const SHORTEST: usize = 6;
        if name.len() < SHORTEST {
            return None;
        }
        let name = name.to_lowercase();
        let (at, word) = self.target.words.iter().find(|(_, word)| {
            let word = word.to_lowercase();
            word.is_ascii()
                && strsim::osa_distance(&name, &word) == 1
                // One letter more at the end is an ending.
                && name.as_bytes().last() == word.as_bytes().last()
                && !self.source.contains(&word)
        })?;
        Some(Broken::Misspelt(*at..at + word.len()))
    }

    /// Where each word of the name stands, if it does as often as in the source.
    fn part(&self, part: &str) -> Option<Vec<Range<usize>>> {
        let places = self.places(part);
        let source = Words::new(self.source);
        let wanted = source.words.iter().filter(|(_, word)| *word == part.to_lowercase()).count();
        (places.len() >= wanted.max(1)).then_some(places)
    }

    /// `365-rapport för Dynamics`
    fn apart(&self, parts: &[&str]) -> Option<Broken> {
        let places = parts.iter().map(|part| self.part(part)).collect::<Option<Vec<_>>>()?;
        let window = |first: &Range<usize>| {
            let mut window = first.clone();
            for others in &places[1..] {
                let reach =
                    |range: &&Range<usize>| window.start.min(range.start).abs_diff(window.end.max(range.end));
                let nearest = others.iter().min_by_key(reach)?;
                window = window.start.min(nearest.start)..window.end.max(nearest.end);
            }
            Some(window)
        };
        places[0].iter().filter_map(window).min_by_key(Range::len).map(Broken::Apart)
    }

    /// `Power 365`, `.NET 框架`: the most words of the name that stand there together.
    fn partial(&self, parts: &[&str]) -> Option<Broken> {
        let some_absent = parts.iter().any(|part| self.places(part).is_empty());
        if !some_absent {
            return None;
        }
        let runs = (1..parts.len()).rev().flat_map(|len| parts.windows(len));
        runs.filter(|run| run.iter().any(|part| part.len() > 1)).find_map(|run| {
            let all_there = run.iter().all(|part| self.part(part).is_some());
            let place = all_there.then(|| self.places(&run.join(" ")).into_iter().next()).flatten()?;
            let sign =
                usize::from(self.name.starts_with('.') && self.target.text[..place.start].ends_with('.'));
            Some(Broken::Partial(place.start - sign..place.end))
        })
    }
}
