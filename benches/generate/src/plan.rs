//! What an article says, before it is said in any language.

use crate::random::Random;
use crate::sentence::{self, Sentence};
use crate::text::{ENGLISH, Section};

/// Sentences that are one unit.
pub(crate) type Unit = Vec<Sentence>;

/// A block of Markdown.
#[derive(Clone, Debug)]
pub(crate) enum Block {
    Heading {
        level: usize,
        text: Sentence,
    },
    Paragraph(Vec<Unit>),
    List {
        ordered: bool,
        items: Vec<Vec<Unit>>,
    },
    Table(Table),
    Alert {
        kind: &'static str,
        text: Vec<Unit>,
    },
    Code {
        language: &'static str,
        text: String,
    },
    Links(Vec<(Sentence, &'static str)>),
    Image {
        alt: Sentence,
        path: &'static str,
    },
    /// A line without text of its own.
    Include(&'static str),
}

/// A table: its head, and rows of two codes and a text.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    pub(crate) head: Vec<Sentence>,
    pub(crate) rows: Vec<(&'static str, &'static str, Sentence)>,
}

/// An article.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) title: Sentence,
    pub(crate) description: Sentence,
    pub(crate) blocks: Vec<Block>,
}

/// Sizes of published documents in bytes: of a hundred, so many are smaller.
const SIZES: [(usize, usize); 9] = [
    (0, 700),
    (10, 2_500),
    (25, 4_200),
    (50, 10_800),
    (75, 20_500),
    (90, 31_000),
    (95, 42_000),
    (99, 72_000),
    (100, 115_000),
];

/// A size as documents have it.
pub(crate) fn size(random: &mut Random) -> usize {
    let permille = random.below(1000);
    let above = SIZES.iter().position(|(percent, _)| percent * 10 > permille).unwrap_or(1).max(1);
    let ((low, least), (high, most)) = (SIZES[above - 1], SIZES[above]);
    least + (most - least) * (permille - low * 10) / (high * 10 - low * 10)
}

/// Makes the plan of an article whose translations have about `size` bytes.
pub(crate) fn plan(size: usize, unit_sentences: usize, random: &mut Random) -> Plan {
    let service = sentence::service(random);
    let title = Sentence::new(Section::Title, service, random);
    let description = Sentence::new(Section::Description, service, random);
    let mut writer =
        Writer { service, unit_sentences, blocks: Vec::new(), bytes: 800, left: size, random, last: None };
    writer.add(Block::Heading { level: 1, text: title.clone() });
    if writer.random.percent(40) && writer.is_short_of(3000) {
        let label = writer.sentence(Section::Label);
        writer.add(Block::Paragraph(vec![vec![label]]));
    }
    let first = writer.units(1, 3);
    writer.add(Block::Paragraph(first));
    while writer.is_short_of(1600) {
        writer.chapter();
    }
    if writer.is_short_of(700) {
        writer.next_steps();
    }
    Plan { title, description, blocks: writer.blocks }
}

/// Adds blocks until there is enough.
struct Writer<'r> {
    service: &'static str,
    unit_sentences: usize,
    blocks: Vec<Block>,
    bytes: usize,
    left: usize,
    random: &'r mut Random,
    last: Option<String>,
}

impl Writer<'_> {
    /// Whether so much is missing.
    fn is_short_of(&self, bytes: usize) -> bool {
        self.bytes + bytes < self.left
    }

    fn sentence(&mut self, section: Section) -> Sentence {
        Sentence::new(section, self.service, self.random)
    }

    /// A unit of prose that does not repeat the one before.
    fn unit(&mut self) -> Unit {
        let mut unit = Vec::with_capacity(self.unit_sentences);
        while unit.len() < self.unit_sentences {
            let sentence = Sentence::prose(self.service, self.random);
            let english = sentence.say(&ENGLISH);
            if self.last.as_ref() != Some(&english) {
                unit.push(sentence);
                self.last = Some(english);
            }
        }
        unit
    }

    fn units(&mut self, least: usize, most: usize) -> Vec<Unit> {
        (0..self.random.between(least, most)).map(|_| self.unit()).collect()
    }

    fn add(&mut self, block: Block) {
        self.bytes += bytes(&block);
        self.blocks.push(block);
    }

    fn one(&mut self, section: Section) {
        let unit = vec![self.sentence(section)];
        self.add(Block::Paragraph(vec![unit]));
    }

    /// A heading with what follows it.
    fn chapter(&mut self) {
        let level = if self.random.percent(70) { 2 } else { 3 };
        let text = self.sentence(Section::Heading);
        self.add(Block::Heading { level, text });
        let first = self.units(2, 5);
        self.add(Block::Paragraph(first));
        match self.random.below(8) {
            0 => self.table(),
            1 | 2 => self.steps(),
            3 => self.code(),
            4 => self.points(),
            5 => self.alert(),
            6 => self.image(),
            _ => {
                let second = self.units(1, 4);
                self.add(Block::Paragraph(second));
            }
        }
        if self.random.percent(15) {
            let path = self.random.pick(&["../includes/preview.md", "../includes/sign-in.md"]);
            self.add(Block::Include(path));
        }
    }

    fn table(&mut self) {
        self.one(Section::IntroTable);
        let head =
            (0..3).map(|line| Sentence::at(Section::Column, line, self.service, self.random)).collect();
        let row = |_| {
            let (option, value) = (sentence::option(self.random), sentence::value(self.random));
            (option, value, Sentence::new(Section::Entry, self.service, self.random))
        };
        let rows = (0..6).map(row).collect();
        self.add(Block::Table(Table { head, rows }));
    }

    fn steps(&mut self) {
        self.one(Section::IntroSteps);
        let items = (0..self.random.between(2, 6)).map(|_| self.units(1, 2)).collect();
        self.add(Block::List { ordered: true, items });
    }

    fn points(&mut self) {
        self.one(Section::IntroList);
        let items = (0..self.random.between(2, 5)).map(|_| self.units(1, 1)).collect();
        self.add(Block::List { ordered: false, items });
    }

    fn code(&mut self) {
        self.one(Section::IntroCode);
        let count = self.random.between(1, 4);
        let text = (0..count).map(|_| sentence::command(self.random) + "\n").collect();
        self.add(Block::Code { language: "console", text });
    }

    fn alert(&mut self) {
        let kind = self.random.pick(&["NOTE", "IMPORTANT", "TIP", "WARNING", "CAUTION"]);
        let first = vec![self.sentence(Section::Alert)];
        let mut text = vec![first];
        if self.random.percent(40) {
            text.push(self.unit());
        }
        self.add(Block::Alert { kind, text });
    }

    fn image(&mut self) {
        let path = self.random.pick(&["media/settings.png", "media/download.png"]);
        let alt = self.sentence(Section::Alt);
        self.add(Block::Image { alt, path });
    }

    fn next_steps(&mut self) {
        let text = self.sentence(Section::Next);
        self.add(Block::Heading { level: 2, text });
        let paths = ["publish-package.md", "package-versions.md", "questions.md", "set-up-server.md"];
        let link = |line: usize| (Sentence::at(Section::Link, line, self.service, self.random), paths[line]);
        let links = (0..4).map(link).collect();
        self.add(Block::Links(links));
    }
}

/// About how many bytes a block has in a translation: two sides, of which the target takes somewhat more, and tags.
fn bytes(block: &Block) -> usize {
    let one = |sentence: &Sentence| sentence.say(&ENGLISH).len() * 5 / 2;
    let unit = |unit: &Unit| 125 + unit.iter().map(one).sum::<usize>();
    let units = |units: &Vec<Unit>| units.iter().map(unit).sum::<usize>();
    match block {
        Block::Heading { text, .. } => 160 + one(text),
        Block::Paragraph(text) | Block::Alert { text, .. } => 12 + units(text),
        Block::List { items, .. } => items.iter().map(units).sum(),
        Block::Table(table) => {
            let cells = table.head.iter().chain(table.rows.iter().map(|row| &row.2));
            cells.map(|cell| 150 + one(cell)).sum()
        }
        Block::Links(links) => links.iter().map(|(text, _)| 150 + one(text)).sum(),
        Block::Code { text, .. } => text.len() + 16,
        Block::Image { .. } | Block::Include(_) => 80,
    }
}
