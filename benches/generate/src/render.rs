//! Says an article in English, and in a translation beside its English.

use bitext::slug;

use crate::plan::{Block, Plan, Table, Unit};
use crate::sentence::Sentence;
use crate::text::{ENGLISH, Language};

/// What the front matter says about a source version.
#[derive(Clone, Debug)]
pub(crate) struct Version {
    /// `ms.date`.
    pub(crate) date: String,
    /// `ms.openlocfilehash`.
    pub(crate) hash: String,
    /// `ms.sourcegitcommit`.
    pub(crate) commit: String,
    /// `ms.lasthandoff`.
    pub(crate) handoff: String,
}

/// What is said of one translation.
#[derive(Clone, Debug)]
pub(crate) struct Translation<'a> {
    pub(crate) language: &'a Language,
    pub(crate) version: &'a Version,
    /// Whether a machine made it.
    pub(crate) machine: bool,
    /// `ms.locfileid`.
    pub(crate) file: u64,
    /// The first part of unit ids.
    pub(crate) prefix: &'a str,
}

/// The English document.
pub(crate) fn english(plan: &Plan, date: &str) -> String {
    let mut side = English;
    let front = front_matter(plan, &ENGLISH, date);
    format!("---\n{front}---\n{}", body(plan, &mut side))
}

/// A translation with both sides.
pub(crate) fn translation(plan: &Plan, translation: &Translation<'_>) -> String {
    let Translation { language, version, machine, file, prefix } = translation;
    let front = front_matter(plan, language, &version.date);
    let origin = format!(
        "ms.openlocfilehash: {}\nms.sourcegitcommit: {}\nms.translationtype: {}\nms.contentlocale: {}\n\
         ms.lasthandoff: {}\nms.locfileid: \"{file}\"\n",
        version.hash,
        version.commit,
        if *machine { "MT" } else { "HT" },
        language.tag,
        version.handoff,
    );
    // The title and the description have the first two numbers.
    let mut side = Bilingual { language, prefix, number: 103 };
    format!("---\n{front}{origin}---\n{}", body(plan, &mut side))
}

fn front_matter(plan: &Plan, language: &Language, date: &str) -> String {
    let (title, description) = (plan.title.say(language), plan.description.say(language));
    format!(
        "title: {title}\ndescription: {description}\nauthor: lena-fischbach\nms.author: lenafis\n\
         ms.date: {date}\nms.topic: conceptual\n"
    )
}

/// How texts are written.
trait Side {
    fn unit(&mut self, unit: &[Sentence]) -> String;
    fn heading(&mut self, text: &Sentence) -> String;
    fn alt(&mut self, text: &Sentence) -> String;
}

struct English;

impl Side for English {
    fn unit(&mut self, unit: &[Sentence]) -> String {
        say(unit, &ENGLISH)
    }

    fn heading(&mut self, text: &Sentence) -> String {
        text.say(&ENGLISH)
    }

    fn alt(&mut self, text: &Sentence) -> String {
        text.say(&ENGLISH)
    }
}

struct Bilingual<'a> {
    language: &'a Language,
    prefix: &'a str,
    number: u32,
}

impl Side for Bilingual<'_> {
    fn unit(&mut self, unit: &[Sentence]) -> String {
        let (target, source) = (say(unit, self.language), say(unit, &ENGLISH));
        let id = format!("{}-{}", self.prefix, self.number);
        self.number += 1;
        format!(
            "<span data-ttu-id=\"{id}\">{target}</span><span class=\"sxs-lookup\">\
             <span data-stu-id=\"{id}\">{source}</span></span>"
        )
    }

    fn heading(&mut self, text: &Sentence) -> String {
        let anchor = slug(&text.say(&ENGLISH));
        format!("<a name=\"{anchor}\"></a>{}", self.unit(std::slice::from_ref(text)))
    }

    fn alt(&mut self, text: &Sentence) -> String {
        // Alternative texts have a number and no pair.
        self.number += 1;
        text.say(self.language)
    }
}

fn say(unit: &[Sentence], language: &Language) -> String {
    let sentences: Vec<String> = unit.iter().map(|sentence| sentence.say(language)).collect();
    sentences.join(language.blank)
}

fn body(plan: &Plan, side: &mut impl Side) -> String {
    let blocks: Vec<String> = plan.blocks.iter().map(|block| written(block, side)).collect();
    blocks.join("\n")
}

fn written(block: &Block, side: &mut impl Side) -> String {
    match block {
        Block::Heading { level, text } => format!("{} {}\n", "#".repeat(*level), side.heading(text)),
        Block::Paragraph(text) => units(text, side) + "\n",
        Block::List { ordered, items } => {
            let item = |(index, item): (usize, &Vec<Unit>)| {
                let mark = if *ordered { format!("{}.", index + 1) } else { "-".into() };
                format!("{mark} {}\n", units(item, side))
            };
            items.iter().enumerate().map(item).collect()
        }
        Block::Table(one) => table(one, side),
        Block::Alert { kind, text } => format!("> [!{kind}]\n> {}\n", units(text, side)),
        Block::Code { language, text } => format!("```{language}\n{text}```\n"),
        Block::Links(links) => links
            .iter()
            .map(|(text, path)| format!("- [{}]({path})\n", side.unit(std::slice::from_ref(text))))
            .collect(),
        Block::Image { alt, path } => format!("![{}]({path})\n", side.alt(alt)),
        Block::Include(path) => format!("[!INCLUDE [preview]({path})]\n"),
    }
}

fn units(units: &[Unit], side: &mut impl Side) -> String {
    let written: Vec<String> = units.iter().map(|unit| side.unit(unit)).collect();
    written.join(" ")
}

fn table(table: &Table, side: &mut impl Side) -> String {
    let head: Vec<String> = table.head.iter().map(|cell| side.unit(std::slice::from_ref(cell))).collect();
    let mut text = format!("| {} |\n|---|---|---|\n", head.join(" | "));
    for (option, value, description) in &table.rows {
        text += &format!("| `{option}` | `{value}` | {} |\n", side.unit(std::slice::from_ref(description)));
    }
    text
}
