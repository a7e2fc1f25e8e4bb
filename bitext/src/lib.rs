//! The document model of loclint.
//!
//! A [`Document`] is read from a [`SourceFile`]: its front matter with byte spans, the span pairs of
//! its translation [`Unit`]s with whatever is broken about them as [`Fault`]s, heading anchors, and the
//! [`Provenance`] that says which English text it was translated from. An [`Article`] is one document
//! in all its locales. This crate knows no rule, no file system and no terminal.
//!
//! Everything is addressed by [`Span`]s, byte ranges that slice back to what stands in the file; lines
//! and columns are made at the edge with [`SourceFile::position`].

mod anchor;
mod article;
mod block;
mod cut;
mod document;
mod fingerprint;
mod front_matter;
mod gaps;
mod heading;
mod line_index;
mod locale;
mod mask;
mod notes;
mod pairs;
mod plain;
mod provenance;
mod source_file;
mod source_view;
mod span;
mod stretch;
mod suppression;
mod table;

pub use anchor::Anchor;
pub use article::{Article, DocumentId, Localized};
pub use block::Block;
pub use document::Document;
pub use fingerprint::{ByteSet, Fingerprint, mix};
pub use front_matter::{Entry, FrontMatter, FrontMatterError, Scalar, Style, Value, read_yaml};
pub use gaps::{Gap, Gaps, Signs};
pub use heading::{Heading, is_slug, slug};
pub use jiff::civil::Date;
pub use line_index::{LineIndex, Position};
pub use locale::Locale;
pub use mask::{MASK, masked};
pub use notes::Notes;
pub use pairs::{Fault, FaultKind, Mend, Side, Unit, unit_number};
pub use plain::Told;
pub use provenance::{PROVENANCE_KEYS, Provenance, is_hash, parse_date};
pub use source_file::{DecodeError, SourceFile};
pub use source_view::{Behind, Newest, Recorded, Since, SourceOrigin, SourceText, SourceView};
pub use span::Span;
pub use suppression::{Suppression, SuppressionFault, Suppressions};
