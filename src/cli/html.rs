//! What can be said about the page for the browser.

use std::collections::BTreeMap;
use std::path::Path;

use clap::Args;

use crate::engine::RuleSet;
use crate::report::{HtmlOptions, LinkTemplate};

/// Options of the page.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct HtmlArgs {
    /// Where links of the HTML report go, such as
    /// `https://example.com/docs/blob/main/{path}#L{line}`. Besides {path}, below the current folder,
    /// and {line}, there are {column} and {file}, the absolute path [default: the file, relative to the
    /// report]
    #[arg(long, value_name = "URL", value_parser = LinkTemplate::parse)]
    pub(super) link_template: Option<LinkTemplate>,
}

impl HtmlArgs {
    /// What a page needs that is written to `file`, or to stdout.
    pub(super) fn options(&self, rules: &RuleSet, file: Option<&Path>, current: &Path) -> HtmlOptions {
        let folder = file.and_then(Path::parent).filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.and_then(|folder| dunce::canonicalize(folder).ok());
        let infos = rules.rules.iter().map(|active| &active.rule.info);
        HtmlOptions {
            folder: folder.unwrap_or_else(|| current.to_path_buf()),
            template: self.link_template.clone(),
            summaries: infos
                .map(|info| (info.id.to_string(), info.summary().replace('`', "")))
                .collect::<BTreeMap<_, _>>(),
            ..HtmlOptions::default()
        }
    }
}
