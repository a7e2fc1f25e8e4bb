use std::collections::BTreeMap;
use std::fmt;

/// An option of a rule.
#[derive(Clone, Copy, Debug)]
pub struct OptionInfo {
    /// Its name, with hyphens.
    pub name: &'static str,
    /// What it does, in one sentence.
    pub summary: &'static str,
    /// Its value where none is given; it also tells the type.
    pub default: DefaultValue,
}

/// The default of an option.
#[derive(Clone, Copy, Debug)]
pub enum DefaultValue {
    /// A list of texts.
    List(&'static [&'static str]),
    /// A whole number.
    Number(i64),
    /// Yes or no.
    Flag(bool),
}

/// A value given for an option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OptionValue {
    /// A list of texts.
    List(Vec<String>),
    /// A whole number.
    Number(i64),
    /// Yes or no.
    Flag(bool),
}

/// The options given for all rules: rule id, option name, value.
pub type Options = BTreeMap<String, BTreeMap<String, OptionValue>>;

/// Why options of rules, or rules of the program, were refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OptionError {
    /// No rule has this id.
    UnknownRule(String),
    /// The rule has no such option; the ones it has follow.
    UnknownOption(String, String, Vec<&'static str>),
    /// The option wants another type of value.
    WrongType(String, String, &'static str),
    /// A rule of the program cannot have this id, and why.
    Id(String, String),
}

impl DefaultValue {
    /// Whether it is "yes".
    pub(crate) fn is_yes(self) -> bool {
        matches!(self, Self::Flag(true))
    }

    fn type_name(self) -> &'static str {
        match self {
            Self::List(_) => "a list of texts",
            Self::Number(_) => "a whole number",
            Self::Flag(_) => "true or false",
        }
    }

    fn accepts(self, value: &OptionValue) -> bool {
        matches!(
            (self, value),
            (Self::List(_), OptionValue::List(_))
                | (Self::Number(_), OptionValue::Number(_))
                | (Self::Flag(_), OptionValue::Flag(_))
        )
    }
}

/// Checks the options given for `rule` against the ones it declares.
pub(crate) fn validate(
    rule: &str,
    declared: &[OptionInfo],
    given: &BTreeMap<String, OptionValue>,
) -> Result<(), OptionError> {
    for (name, value) in given {
        let Some(info) = declared.iter().find(|info| info.name == name) else {
            let known = declared.iter().map(|info| info.name).collect();
            return Err(OptionError::UnknownOption(rule.into(), name.clone(), known));
        };
        if !info.default.accepts(value) {
            return Err(OptionError::WrongType(rule.into(), name.clone(), info.default.type_name()));
        }
    }
    Ok(())
}

/// The value of a list option: the given one or the default. Empty if the rule declares no such list.
pub(crate) fn list(options: &Options, rule: &str, declared: &[OptionInfo], name: &str) -> Vec<String> {
    let given = options.get(rule).and_then(|values| values.get(name));
    if let Some(OptionValue::List(values)) = given {
        return values.clone();
    }
    match declared.iter().find(|info| info.name == name).map(|info| info.default) {
        Some(DefaultValue::List(values)) => values.iter().map(ToString::to_string).collect(),
        _ => Vec::new(),
    }
}

/// The value of a number option: the given one or the default. 0 if the rule declares no such number.
pub(crate) fn number(options: &Options, rule: &str, declared: &[OptionInfo], name: &str) -> i64 {
    let given = options.get(rule).and_then(|values| values.get(name));
    if let Some(OptionValue::Number(value)) = given {
        return *value;
    }
    match declared.iter().find(|info| info.name == name).map(|info| info.default) {
        Some(DefaultValue::Number(value)) => value,
        _ => 0,
    }
}

impl fmt::Display for OptionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownRule(rule) => write!(f, "there is no rule \"{rule}\""),
            Self::UnknownOption(rule, name, known) if known.is_empty() => {
                write!(f, "rule \"{rule}\" has no option \"{name}\"; it has none at all")
            }
            Self::UnknownOption(rule, name, known) => {
                write!(f, "rule \"{rule}\" has no option \"{name}\"; it has: {}", known.join(", "))
            }
            Self::WrongType(rule, name, wanted) => {
                write!(f, "option \"{name}\" of rule \"{rule}\" must be {wanted}")
            }
            Self::Id(rule, why) => write!(f, "a rule of this program cannot be called \"{rule}\": {why}"),
        }
    }
}

impl std::error::Error for OptionError {}
