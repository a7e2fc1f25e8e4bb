//! What happened to files between commits, from one run of `git log`.

use std::collections::{HashMap, HashSet};

use bitext::Date;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// The commits since the oldest source version of a tree, with the files that each one touched.
#[derive(Debug, Default)]
pub struct History {
    /// Oldest first, parents before children.
    commits: Vec<Commit>,
    /// What touched a path: indexes of commits, in order.
    touches: HashMap<String, Vec<(usize, Touch)>>,
    /// For each recorded commit, which commits it already holds.
    held: HashMap<String, Vec<bool>>,
    /// Recorded commits that the newest one does not hold: of another branch, or later than it.
    pub(super) apart: HashSet<String>,
    /// Those of them that hold the newest.
    pub(super) later: HashSet<String>,
}

#[derive(Debug)]
struct Commit {
    name: String,
    date: Date,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Touch {
    Changed,
    Deleted,
    RenamedTo(String),
    RenamedFrom(String),
}

/// What became of a file since a commit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fate {
    /// Commits that touched it.
    pub commits: usize,
    /// The day of the first of them.
    pub first: Option<Date>,
    /// Its path now or last.
    pub path: String,
    /// The commit that deleted it, and the day.
    pub deleted: Option<(String, Date)>,
}

impl History {
    /// Reads what `git log -z --name-status --format="%x01%H %ct %P"` prints, oldest commit first. `recorded`
    /// are the commits since which it will be asked, and `base` the one that it starts after, if any.
    pub(super) fn parse(log: &str, recorded: &[String], base: Option<&str>) -> Self {
        let mut history = Self::default();
        let (mut parents, mut index) = (Vec::new(), HashMap::new());
        let mut tokens = log.split('\0').map(|token| token.trim_start_matches('\n'));
        while let Some(token) = tokens.next() {
            if let Some(header) = token.strip_prefix('\u{1}') {
                let mut parts = header.split(' ');
                let name = parts.next().unwrap_or_default().to_string();
                let date = parts.next().and_then(|seconds| seconds.parse().ok()).map_or(Date::ZERO, date);
                index.insert(name.clone(), history.commits.len());
                parents.push(parts.filter_map(|parent| index.get(parent).copied()).collect::<Vec<_>>());
                history.commits.push(Commit { name, date });
            } else if !token.is_empty()
                && let Some(path) = tokens.next()
            {
                history.touch(token, path, &mut tokens);
            }
        }
        for commit in recorded {
            let mut held = vec![false; history.commits.len()];
            let mut open: Vec<usize> = index.get(commit).copied().into_iter().collect();
            while let Some(at) = open.pop() {
                if !held[at] {
                    held[at] = true;
                    open.extend(&parents[at]);
                }
            }
            history.held.insert(commit.clone(), held);
            if !index.contains_key(commit) && base != Some(commit) {
                history.apart.insert(commit.clone());
            }
        }
        history
    }

    fn touch<'a>(&mut self, status: &str, path: &'a str, more: &mut impl Iterator<Item = &'a str>) {
        let at = self.commits.len().saturating_sub(1);
        let mut add = |path: &str, touch| self.touches.entry(path.into()).or_default().push((at, touch));
        match status.as_bytes()[0] {
            b'R' => {
                let Some(new) = more.next() else { return };
                add(path, Touch::RenamedTo(new.into()));
                add(new, Touch::RenamedFrom(path.into()));
            }
            // A copy leaves the old file as it is.
            b'C' => {
                let Some(new) = more.next() else { return };
                add(new, Touch::Changed);
            }
            b'D' => add(path, Touch::Deleted),
            _ => add(path, Touch::Changed),
        }
    }

    /// What became of the file that was at `path` in `commit`, renames followed. Nothing is known since a
    /// commit that was not given at the start.
    pub fn since(&self, commit: &str, path: &str) -> Fate {
        let mut fate = Fate { path: path.into(), ..Fate::default() };
        let Some(held) = self.held.get(commit) else { return fate };
        let mut from = 0;
        while let Some((at, touch)) = self.next(&fate.path, from, held) {
            from = at + 1;
            fate.commits += 1;
            let Commit { name, date } = &self.commits[at];
            fate.first.get_or_insert(*date);
            fate.deleted = (*touch == Touch::Deleted).then(|| (name.clone(), *date));
            if let Touch::RenamedTo(new) = touch {
                fate.path.clone_from(new);
            }
        }
        fate
    }

    /// Whether the newest commit follows on this one, so that it can be said what happened since.
    pub fn follows_on(&self, commit: &str) -> bool {
        !self.apart.contains(commit)
    }

    /// Whether this commit follows on the newest one.
    pub fn is_later(&self, commit: &str) -> bool {
        self.later.contains(commit)
    }

    /// Where the file that is at `path` now was at `commit`: the paths that it had since, latest first.
    pub fn earlier_paths(&self, commit: &str, path: &str) -> Vec<String> {
        let (mut paths, mut current) = (Vec::new(), path.to_string());
        let Some(held) = self.held.get(commit) else { return paths };
        while let Some(old) = self.renamed_from(&current, held).filter(|old| !paths.contains(old)) {
            paths.push(old.clone());
            current = old;
        }
        paths
    }

    /// The commit that deleted the file at `path`, and the day, if that was the last that happened to it.
    pub fn deletion(&self, path: &str) -> Option<(&str, Date)> {
        let (at, _) = self.touches.get(path)?.last().filter(|(_, touch)| *touch == Touch::Deleted)?;
        Some((&self.commits[*at].name, self.commits[*at].date))
    }

    fn next(&self, path: &str, from: usize, held: &[bool]) -> Option<(usize, &Touch)> {
        let touches = self.touches.get(path)?;
        let start = touches.partition_point(|(at, _)| *at < from);
        touches[start..].iter().find(|(at, _)| !held[*at]).map(|(at, touch)| (*at, touch))
    }

    fn renamed_from(&self, path: &str, held: &[bool]) -> Option<String> {
        self.touches.get(path)?.iter().rev().find_map(|(at, touch)| match touch {
            Touch::RenamedFrom(old) if !held[*at] => Some(old.clone()),
            _ => None,
        })
    }
}

/// The day of a time in seconds since 1970, in UTC.
pub(super) fn date(seconds: i64) -> Date {
    Timestamp::from_second(seconds).map_or(Date::ZERO, |time| time.to_zoned(TimeZone::UTC).date())
}
