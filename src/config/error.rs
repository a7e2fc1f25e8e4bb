use std::fmt;
use std::path::PathBuf;

use rules::reader::Refusal;

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
    Refused(Refusal),
    /// Files extend each other in a circle; the names of the files.
    Circle(Vec<String>),
    /// A folder has two.
    Two(PathBuf, PathBuf),
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
            Self::Two(one, other) => {
                write!(
                    f,
                    "there are two configurations, \"{}\" and \"{}\"; keep one of them, or name one with \"--config\"",
                    one.display(),
                    other.display()
                )
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

impl From<Refusal> for ConfigError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}
