//! Bilingual documents in which nothing is wrong but what a test is about.

use std::fs;
use std::path::Path;

use bitext::Locale;
use tempfile::TempDir;

pub(crate) fn pair(number: u32, target: &str, source: &str) -> String {
    format!(
        "<span data-ttu-id=\"3f9a2-{number}\">{target}</span><span class=\"sxs-lookup\"><span data-stu-id=\"3f9a2-{number}\">{source}</span></span>"
    )
}

/// A document with whole front matter; `more` are lines in it.
pub(crate) fn document(tag: &str, more: &str, body: &str) -> String {
    let locale = Locale::parse(tag).unwrap();
    let id: u32 = tag.bytes().map(u32::from).sum();
    format!(
        "---\ntitle: {tag}\n{more}ms.openlocfilehash: aa17767452bd36c38f8fbde22cefedfbdd4d99cc\n\
         ms.sourcegitcommit: a496d543f764f602d24f5419aa3788094bd56c80\nms.translationtype: MT\n\
         ms.contentlocale: {locale}\nms.lasthandoff: 04/20/2021\nms.locfileid: \"112810{id:03}\"\n---\n{body}"
    )
}

/// A tree of `guide.md` in some locales.
pub(crate) fn tree(documents: &[(&str, &str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (tag, more, body) in documents {
        write(folder.path(), &format!("{tag}/guide.md"), &document(tag, more, body));
    }
    folder
}

pub(crate) fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}
