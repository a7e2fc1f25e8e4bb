//! Links between files of this repository lead to a file that is there and a heading that it has.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::common::project;
use super::{blesses, docs, markdown_below, read};

/// Files of the repository by their addresses.
const REPOSITORY: [&str; 2] =
    ["https://github.com/loclint/loclint/blob/main/", "https://github.com/loclint/loclint/tree/main/"];

/// What a page of the book takes in whole, so that its links have to hold in two places.
const INCLUDED: &str = "CONTRIBUTING.md";

#[test]
fn links_lead_somewhere() {
    if blesses() {
        return;
    }
    let mut pages: Vec<String> =
        ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "testdata/README.md"]
            .map(String::from)
            .to_vec();
    pages.extend(markdown_below(&docs()).into_iter().map(|page| format!("docs/{page}")));
    pages.extend(markdown_below(&project().join("rules")).into_iter().map(|page| format!("rules/{page}")));
    let read: BTreeMap<String, Page> =
        pages.into_iter().map(|page| (page.clone(), Page::parse(&read(&project().join(&page))))).collect();
    let dead: Vec<String> = read
        .iter()
        .flat_map(|(path, page)| page.links.iter().map(move |link| (path, link)))
        .filter_map(|(path, link)| Some(format!("{path}: \"{link}\" {}", fault(path, link, &read)?)))
        .collect();
    assert!(dead.is_empty(), "{}", dead.join("\n"));
}

/// What is wrong with a link.
fn fault(path: &str, link: &str, pages: &BTreeMap<String, Page>) -> Option<String> {
    let (address, anchor) = link.split_once('#').unwrap_or((link, ""));
    let own = REPOSITORY.iter().find_map(|start| address.strip_prefix(start));
    if own.is_none() && (address.contains("://") || address.starts_with("mailto:")) {
        return None;
    }
    let to = match (own, address) {
        (Some(file), _) => file.to_string(),
        (None, "") => path.to_string(),
        (None, _) if path == INCLUDED => {
            return Some("has to be a whole address, since the book has this page too".into());
        }
        (None, _) => match joined(path, address) {
            Some(file) => file,
            None => return Some("leads out of the repository".into()),
        },
    };
    if own.is_none() && path.starts_with("docs/") && !to.starts_with("docs/") {
        return Some(format!("is not in the book, which has docs/ only; write {}{to}", REPOSITORY[0]));
    }
    if !project().join(&to).exists() {
        return Some("leads to no file".into());
    }
    let has = |page: &Page| page.anchors.iter().any(|own| own == anchor);
    let is_dead = !anchor.is_empty() && !pages.get(&to).is_some_and(has);
    is_dead.then(|| format!("leads to no heading of {to}"))
}

/// The path that a relative address leads to.
fn joined(page: &str, address: &str) -> Option<String> {
    let mut path = PathBuf::from(page);
    path.pop();
    for part in Path::new(address).components() {
        match part {
            Component::ParentDir => {
                if !path.pop() {
                    return None;
                }
            }
            Component::CurDir => {}
            other => path.push(other),
        }
    }
    Some(path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/"))
}

/// What a page links to, and what can be linked to in it.
#[derive(Default)]
struct Page {
    links: Vec<String>,
    anchors: Vec<String>,
}

impl Page {
    fn parse(text: &str) -> Self {
        let (mut page, mut heading, mut times) = (Self::default(), None::<String>, BTreeMap::new());
        for event in Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_GFM) {
            match event {
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                    page.links.push(dest_url.to_string());
                }
                Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
                Event::Text(text) | Event::Code(text) => {
                    if let Some(heading) = &mut heading {
                        heading.push_str(&text);
                    }
                }
                Event::End(TagEnd::Heading(_)) => {
                    let slug = slug(&heading.take().unwrap_or_default());
                    let again: &mut u32 = times.entry(slug.clone()).or_default();
                    page.anchors.push(if *again == 0 { slug } else { format!("{slug}-{again}") });
                    *again += 1;
                }
                _ => {}
            }
        }
        page
    }
}

/// The anchor of a heading, as GitHub and mdBook make it.
fn slug(heading: &str) -> String {
    let kept = heading.trim().chars().filter_map(|c| match c {
        c if c.is_alphanumeric() || c == '_' || c == '-' => Some(c.to_lowercase().to_string()),
        c if c.is_whitespace() => Some("-".into()),
        _ => None,
    });
    kept.collect()
}

#[test]
fn what_is_wrong_with_links_is_told() {
    let page =
        Page::parse("# The `a/b` rule\n\n## Why?\n\n## Why?\n\nSee [x](y.md#z) and `[no](link.md)`.\n");
    assert_eq!(
        (page.anchors.as_slice(), page.links.as_slice()),
        (["the-ab-rule", "why", "why-1"].map(String::from).as_slice(), ["y.md#z".to_string()].as_slice())
    );
    let pages = BTreeMap::from([("docs/terms.md".to_string(), page)]);
    let told = |link: &str| fault("docs/terms.md", link, &pages);
    assert_eq!(told("#why-1"), None);
    assert_eq!(told("https://example.com/gone"), None);
    assert_eq!(told("https://github.com/loclint/loclint/blob/main/Cargo.toml"), None);
    assert!(told("#who").unwrap().contains("no heading"));
    assert!(told("nowhere.md").unwrap().contains("no file"));
    assert!(told("../Cargo.toml").unwrap().contains("not in the book"));
    assert!(told("../../elsewhere.md").unwrap().contains("out of the repository"));
    assert!(told("https://github.com/loclint/loclint/blob/main/gone.rs").unwrap().contains("no file"));
}
