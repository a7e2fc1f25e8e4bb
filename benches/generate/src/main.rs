//! Writes a bilingual tree to a folder.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{fs, io};

use clap::Parser;
use loclint_generate::{Options, Seeded, articles};

/// Makes a bilingual tree to measure and test loclint on. The same options give the same tree.
#[derive(Debug, Parser)]
#[command(name = "generate")]
struct Arguments {
    /// Where to write the tree: an empty folder, or none yet
    #[arg(value_name = "OUT")]
    out: PathBuf,

    /// Documents, all locales together
    #[arg(long, value_name = "N", default_value_t = 1000)]
    documents: usize,

    /// Locales: 1 to 13
    #[arg(long, value_name = "N", default_value_t = 13)]
    locales: usize,

    /// Another seed is another tree
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,

    /// Faults in a hundred documents; OUT/seeded.json lists them
    #[arg(long, value_name = "N", default_value_t = 30)]
    faults: usize,

    /// The size of every document in bytes, more or less [default: as in published trees]
    #[arg(long, value_name = "BYTES")]
    size: Option<usize>,

    /// Sentences that make one unit. With one, a document larger than about 4 MB runs out of ids
    #[arg(long, value_name = "N", default_value_t = 1)]
    unit_sentences: usize,

    /// Write the English tree too, for "loclint check --source"
    #[arg(long, value_name = "FOLDER")]
    english: Option<PathBuf>,
}

fn main() -> ExitCode {
    match write(&Arguments::parse()) {
        Ok(summary) => {
            println!("{summary}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn write(arguments: &Arguments) -> io::Result<String> {
    let out = &arguments.out;
    if fs::read_dir(out).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(io::Error::other(format!("{} is not empty", out.display())));
    }
    let options = Options {
        documents: arguments.documents,
        locales: arguments.locales,
        seed: arguments.seed,
        faults: arguments.faults,
        size: arguments.size,
        unit_sentences: arguments.unit_sentences,
    };
    let (mut documents, mut bytes, mut seeded) = (0, 0, Vec::<Seeded>::new());
    for article in articles(options) {
        if let Some(english) = &arguments.english {
            file(&english.join(&article.english_path), &article.english)?;
        }
        for document in article.documents {
            file(&out.join(&document.path), &document.text)?;
            documents += 1;
            bytes += document.text.len();
            seeded.extend(document.seeded);
        }
    }
    seeded.sort_by(|a, b| (&a.path, &a.unit, a.rule).cmp(&(&b.path, &b.unit, b.rule)));
    file(&out.join("seeded.json"), &(serde_json::to_string_pretty(&seeded)? + "\n"))?;
    Ok(format!("{documents} documents, {bytes} bytes, {} faults", seeded.len()))
}

fn file(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text)
}
