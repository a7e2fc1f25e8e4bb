use std::fmt;
use std::path::PathBuf;

/// Why a configuration cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConfigError {
    /// The file cannot be read.
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why, as the system puts it.
        reason: String,
    },
    /// Something in a file is wrong.
    Refused(Box<Refused>),
    /// Files extend each other in a circle; the names of the files.
    Circle(Vec<String>),
    /// `loclint init` found a configuration.
    Exists(PathBuf),
    /// The file cannot be written.
    Unwritable {
        /// The file.
        path: PathBuf,
        /// Why, as the system puts it.
        reason: String,
    },
}

/// A place in a configuration file, and what is wrong there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The file, as messages show it.
    pub file: String,
    /// From 1 on.
    pub line: u32,
    /// In characters, from 1 on.
    pub column: u32,
    /// The line, as it stands there.
    pub text: String,
    /// How many characters are to blame; at least one.
    pub len: usize,
    /// What is wrong, and how to mend it.
    pub message: String,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, line, column, text, len, message } = self;
        writeln!(f, "{file}:{line}:{column}: {message}")?;
        let margin = " ".repeat(line.to_string().len());
        // Tabs stay tabs, so that the marks stand under the text.
        let lead: String =
            text.chars().take(*column as usize - 1).map(|c| if c == '\t' { c } else { ' ' }).collect();
        writeln!(f, "{margin} |")?;
        writeln!(f, "{line} | {text}")?;
        write!(f, "{margin} | {lead}{}", "^".repeat(*len))
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { path, reason } => {
                write!(f, "cannot read the configuration \"{}\": {reason}", path.display())
            }
            Self::Refused(refused) => write!(f, "{refused}"),
            Self::Circle(files) => {
                write!(f, "configurations extend each other in a circle: {}", files.join(" extends "))
            }
            Self::Exists(path) => {
                write!(
                    f,
                    "there is a configuration already: \"{}\"; change it, or move it away",
                    path.display()
                )
            }
            Self::Unwritable { path, reason } => {
                write!(f, "cannot write \"{}\": {reason}", path.display())
            }
        }
    }
}

impl std::error::Error for ConfigError {}
