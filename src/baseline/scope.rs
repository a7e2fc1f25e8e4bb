//! What a run saw of what a baseline was written for: only that can be missing.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

use super::{Baseline, Entry};
use crate::discover::Plan;

/// What a run sees.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// The trees that were named, absolute.
    pub roots: Vec<PathBuf>,
    /// Whether the run reports all that it finds in them.
    pub whole: bool,
    /// What else is at hand, such as the English tree.
    pub with: BTreeSet<String>,
    /// Rules that did not run.
    pub idle: BTreeSet<String>,
    /// Rules that compare documents: what they do not find may be in one that this run does not read.
    pub comparing: BTreeSet<String>,
    /// Rules that ran.
    pub ran: BTreeSet<String>,
    /// Whether none was singled out or left out.
    pub all_rules: bool,
    /// Whether it sees all documents of its trees: no locale and no file is singled out, and all could be read.
    pub all_documents: bool,
    /// The articles, with each of their locales and without.
    seen: BTreeSet<(String, Option<String>)>,
}

/// So many articles can vanish from a tree at once; if all of more are not there, it is another tree.
const MOST_GONE: usize = 2;

impl Scope {
    /// What a run over `plan` reports on, all rules being on and nothing else at hand.
    pub fn of(plan: &Plan) -> Self {
        let mut scope = Self { whole: plan.whole, all_documents: plan.whole, ..Self::default() };
        for article in &plan.articles {
            for document in article.documents.iter().filter(|document| document.reported) {
                let locale = Some(document.locale.to_string());
                scope.seen.insert((document.stable_key.clone(), locale));
                scope.seen.insert((article.stable_key().to_string(), None));
            }
        }
        scope
    }

    /// Whether nothing is left out that a run over its trees can find.
    pub fn is_whole(&self) -> bool {
        self.all_documents && self.all_rules
    }

    fn sees(&self, entry: &Entry) -> bool {
        self.seen.contains(&(entry.article.clone(), entry.locale.clone()))
    }

    /// The trees relative to the folder of a baseline.
    pub fn paths_from(&self, folder: &Path) -> BTreeSet<String> {
        self.roots.iter().filter_map(|root| relative(root, folder)).collect()
    }

    /// Of what matched nothing, the entries whose finding would be there if it had not been mended: `None` if the run
    /// sees only a part. What the run does not look at may be as it was.
    pub fn stale(
        &self,
        baseline: &Baseline,
        folder: &Path,
        mut unmatched: BTreeMap<Entry, u32>,
    ) -> Option<BTreeMap<Entry, u32>> {
        if !self.whole || self.with != baseline.with {
            return None;
        }
        let covers = self.covers(baseline, folder);
        let is_told = |entry: &Entry| covers || (self.sees(entry) && !self.comparing.contains(&entry.rule));
        unmatched.retain(|entry, _| !self.idle.contains(&entry.rule) && is_told(entry));
        Some(unmatched)
    }

    /// The entries of a baseline that a run can tell nothing of, even if it does not find them: all of them, if it sees
    /// only some documents, since findings in these depend on the others and trees can hold the same names; or those of
    /// rules that did not run, and what these have to say of suppressions.
    pub fn untold(&self, baseline: &Baseline, folder: &Path) -> BTreeMap<Entry, u32> {
        let all_documents = self.all_documents && self.covers(baseline, folder);
        let is_untold = |entry: &Entry| {
            let of_others = !self.ran.contains(&entry.rule) || entry.rule == "suppression/unused";
            !all_documents || (!self.all_rules && of_others)
        };
        let untold = baseline.entries.iter().filter(|(entry, _)| is_untold(entry));
        untold.map(|(entry, count)| (entry.clone(), *count)).collect()
    }

    /// The first article of a baseline that is for another tree.
    pub fn foreign<'b>(&self, baseline: &'b Baseline, folder: &Path) -> Option<&'b str> {
        if !self.whole || baseline.entries.keys().any(|entry| self.sees(entry)) {
            return None;
        }
        let first = baseline.entries.keys().next()?;
        let recorded = recorded(baseline, folder);
        let is_near =
            |path: &PathBuf| self.roots.iter().any(|root| root.starts_with(path) || path.starts_with(root));
        let is_part = !self.covers(baseline, folder) && recorded.iter().any(is_near);
        let few = baseline.articles() <= MOST_GONE && recorded.iter().any(is_near);
        (!is_part && !few).then_some(&first.article)
    }

    /// Whether the run sees all trees that a baseline was written for.
    fn covers(&self, baseline: &Baseline, folder: &Path) -> bool {
        let recorded = recorded(baseline, folder);
        let is_seen = |path: &PathBuf| self.roots.iter().any(|root| path.starts_with(root));
        !recorded.is_empty() && recorded.iter().all(is_seen)
    }
}

/// The trees that a baseline in `folder` was written for.
fn recorded(baseline: &Baseline, folder: &Path) -> Vec<PathBuf> {
    baseline.paths.iter().map(|path| joined(folder, path)).collect()
}

/// A relative path made absolute, without `.` and `..`.
fn joined(folder: &Path, path: &str) -> PathBuf {
    let mut joined = folder.to_path_buf();
    for part in Path::new(path).components() {
        match part {
            Component::ParentDir => drop(joined.pop()),
            Component::CurDir => {}
            part => joined.push(part),
        }
    }
    joined
}

/// The way from `folder` to `path`, both absolute, with `/`; `None` if there is none, as between drives.
fn relative(path: &Path, folder: &Path) -> Option<String> {
    let shared = path.components().zip(folder.components()).take_while(|(left, right)| left == right).count();
    if shared == 0 {
        return None;
    }
    let up = folder.components().skip(shared).map(|_| "..".to_string());
    let down = path.components().skip(shared).map(|part| part.as_os_str().to_string_lossy().into_owned());
    let parts: Vec<String> = up.chain(down).collect();
    Some(if parts.is_empty() { ".".into() } else { parts.join("/") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_relative_to_the_baseline_and_back() {
        for (path, folder, told) in [
            ("/a/docs", "/a/docs", "."),
            ("/a/docs.pl-pl", "/a", "docs.pl-pl"),
            ("/a/b/docs", "/a/ci", "../b/docs"),
            ("/a", "/a/b/c", "../.."),
        ] {
            let root = if cfg!(windows) { "C:" } else { "" };
            let [path, folder] = [path, folder].map(|path| PathBuf::from(format!("{root}{path}")));
            assert_eq!(relative(&path, &folder).as_deref(), Some(told));
            assert_eq!(joined(&folder, told), path);
        }
    }
}
