//! Makes bilingual trees: articles about a tool that does not exist, in up to thirteen languages, with front
//! matter, anchors, tables, lists, alerts, code and links, in the sizes that published documents have. The
//! same options give the same tree.
//!
//! Without faults the documents are clean; [`Options::faults`] plants some, and says where.

mod faults;
mod plan;
mod random;
mod render;
mod sentence;
mod text;

use bitext::slug;
use serde::Serialize;
use sha1::{Digest, Sha1};

use plan::Plan;
use random::Random;
use render::{Translation, Version};
use text::{ENGLISH, LANGUAGES, Language};

/// What to make.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Documents, all locales together.
    pub documents: usize,
    /// Locales, up to [`locales`].
    pub locales: usize,
    /// What everything is made from.
    pub seed: u64,
    /// Faults in a hundred documents.
    pub faults: usize,
    /// The size of every document in bytes, more or less; as in published trees without.
    pub size: Option<usize>,
    /// Sentences that make one unit.
    pub unit_sentences: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { documents: 1000, locales: locales(), seed: 1, faults: 0, size: None, unit_sentences: 1 }
    }
}

/// How many locales there are.
pub fn locales() -> usize {
    LANGUAGES.len()
}

/// An article.
#[derive(Clone, Debug)]
pub struct Article {
    /// Its translations.
    pub documents: Vec<Document>,
    /// Where its English file stands in the English tree.
    pub english_path: String,
    /// The English file.
    pub english: String,
}

/// A translation.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its place in the tree.
    pub path: String,
    /// Its folder in its docset, such as `cs-cz`.
    pub locale: &'static str,
    /// The file.
    pub text: String,
    /// The faults in it.
    pub seeded: Vec<Seeded>,
}

/// A fault that was planted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Seeded {
    /// The document.
    pub path: String,
    /// The unit, if it is one's fault.
    pub unit: Option<String>,
    /// The rule that has to find it.
    pub rule: &'static str,
}

/// Makes the articles, one after the other.
pub fn articles(options: Options) -> impl Iterator<Item = Article> {
    let locales = options.locales.clamp(1, LANGUAGES.len());
    let count = options.documents.div_ceil(locales);
    (0..count).map(move |number| {
        let left = options.documents - number * locales;
        article(number, &LANGUAGES[..locales.min(left)], options)
    })
}

fn article(number: usize, languages: &[Language], options: Options) -> Article {
    let mut random = Random::new(options.seed, number as u64);
    let size = options.size.unwrap_or_else(|| plan::size(&mut random));
    let plan = plan::plan(size, options.unit_sentences.max(1), &mut random);
    let date = Days::new(&mut random);
    let english = render::english(&plan, &date.written);
    let version = version(&english, &date, &mut random);
    let docset = ["guides", "operations", "reference"][number % 3];
    let folder = random.pick(&["concepts", "how-to", "tutorials", "tools/command-line"]);
    let path = format!("{folder}/{}-{number:05}.md", slug(&plan.title.say(&ENGLISH)));
    // What is told by comparison with the others of an article is told of one of at least three.
    let rare = |random: &mut Random| {
        (languages.len() >= 3 && random.below(1000) < options.faults.min(150))
            .then(|| random.below(languages.len()))
    };
    let older = rare(&mut random).map(|at| (at, older(&plan, &date, &mut random)));
    let compared = rare(&mut random).filter(|_| older.is_none());
    let mut documents = Vec::with_capacity(languages.len());
    for (index, language) in languages.iter().enumerate() {
        let path = format!("{docset}/{}/{path}", language.folder);
        let prefix = random.hex(5);
        let translation = Translation {
            language,
            version: &version,
            machine: random.percent(87),
            file: 110_000_000 + (number * LANGUAGES.len() + index) as u64,
            prefix: &prefix,
        };
        let mut seeded = Vec::new();
        let text = match &older {
            Some((at, (plan, version))) if *at == index => {
                seeded.push(Seeded { path: path.clone(), unit: None, rule: "parity/source-version" });
                render::translation(plan, &Translation { version, ..translation })
            }
            _ => render::translation(&plan, &translation),
        };
        let wanted = options.faults / 100 + usize::from(random.percent(options.faults % 100));
        let (text, planted) = match compared {
            Some(at) if at == index => faults::plant_compared(&text, &mut random),
            None if wanted > 0 && seeded.is_empty() => faults::plant(&text, wanted, &mut random),
            _ => (text, Vec::new()),
        };
        let fault = |one: faults::Planted| Seeded { path: path.clone(), unit: one.unit, rule: one.rule };
        seeded.extend(planted.into_iter().map(fault));
        documents.push(Document { path, locale: language.folder, text, seeded });
    }
    Article { documents, english_path: format!("{docset}/{path}"), english }
}

/// The dates of a version: written, and handed off later.
struct Days {
    written: String,
    handoff: String,
}

impl Days {
    fn new(random: &mut Random) -> Self {
        let (month, day) = (random.between(1, 12), random.between(1, 28));
        let written = format!("{month:02}/{day:02}/{}", random.between(2018, 2020));
        let handoff = format!("{:02}/{:02}/2021", random.between(1, 6), random.between(1, 28));
        Self { written, handoff }
    }
}

fn version(english: &str, days: &Days, random: &mut Random) -> Version {
    let hash = Sha1::digest(english.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    Version { date: days.written.clone(), hash, commit: random.hex(40), handoff: days.handoff.clone() }
}

/// The article as it was some time ago: without its last block.
fn older(plan: &Plan, days: &Days, random: &mut Random) -> (Plan, Version) {
    let mut plan = plan.clone();
    plan.blocks.pop();
    let days = Days { written: days.written.clone(), handoff: "12/15/2020".into() };
    let days = if days.written.ends_with("2020") {
        Days { written: days.written.replace("2020", "2019"), ..days }
    } else {
        days
    };
    let version = version(&render::english(&plan, &days.written), &days, random);
    (plan, version)
}
