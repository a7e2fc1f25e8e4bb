//! Whether a target tells a number by a word: `mil` for 1,000, half an hour for 30 minutes. Asked only of what is missing.

use crate::support::letters::last_word;
use crate::support::script;

/// Numbers as words, by language.
static TABLE: &str = include_str!("../locales/number-words.tsv");

/// A number of an English source, in plain form, with what stands behind it there.
#[derive(Clone, Copy)]
pub(crate) struct Told<'s> {
    pub(crate) value: &'s str,
    pub(crate) after: &'s str,
}

/// The words of a language, and a text in it.
struct Reader<'t> {
    words: Vec<(&'static str, &'static str)>,
    text: &'t str,
    /// Whether words may stand anywhere.
    spaceless: bool,
    /// Whether conjunctions and prepositions are written together with the word after them.
    joined: bool,
}

/// Whether the target has words for a number.
pub(crate) fn has(locale: &bitext::Locale, target: &str, told: Told<'_>) -> bool {
    let language = if locale.language() == "no" { "nb" } else { locale.language() };
    let of_language = |line: &'static str| {
        let (value, forms) = line.strip_prefix(language)?.strip_prefix('\t')?.split_once('\t')?;
        Some((value, forms))
    };
    let words: Vec<_> = TABLE.lines().filter_map(of_language).collect();
    if words.is_empty() {
        return false;
    }
    let reader = Reader {
        words,
        text: &target.to_lowercase(),
        spaceless: script::is_spaceless(locale),
        joined: matches!(language, "ar" | "he"),
    };
    reader.has_part(told) || told.value.parse().is_ok_and(|value| reader.has_number(value))
}

impl Reader<'_> {
    /// Whether the text has a part of something that makes the number: 30 minutes, 50 percent, 1.5.
    fn has_part(&self, Told { value, after }: Told<'_>) -> bool {
        let unit = after.trim_start_matches([' ', '\u{a0}', '-']);
        let is = |units: &[&str]| units.iter().any(|own| unit.starts_with(own));
        match value {
            "30" if is(&["minute", "min ", "second"]) => self.has_any("half"),
            "15" | "45" if is(&["minute", "min "]) => self.has_any("quarter"),
            "90" if is(&["minute", "min ", "second"]) => self.has_one_and_half(),
            "18" if is(&["month"]) => self.has_one_and_half(),
            "50" if is(&["%", "percent"]) => self.has_any("half"),
            "25" | "75" if is(&["%", "percent"]) => self.has_any("quarter"),
            "0.5" => self.has_any("half"),
            "0.25" | "0.75" => self.has_any("quarter"),
            "1.5" => self.has_one_and_half(),
            _ => value.strip_suffix(".5").is_some_and(|whole| {
                self.has_any("half") && (self.begins_with(whole) || self.text.contains(whole))
            }),
        }
    }

    fn has_one_and_half(&self) -> bool {
        self.has_any("1.5") || self.has_any("half")
    }

    /// Whether the text has a whole number of the table, or one of it times another: 2 and 1000 for 2,000.
    fn has_number(&self, value: u64) -> bool {
        let with_unit = |unit: u64| value.is_multiple_of(unit) && self.has_product(value / unit, unit);
        value >= 15 && (self.has_product(1, value) || self.units().any(with_unit))
    }

    fn units(&self) -> impl Iterator<Item = u64> {
        let values = self.words.iter().filter_map(|(value, _)| value.parse::<u64>().ok());
        values.filter(|value| *value >= 100)
    }

    /// Whether the word for a number stands there with that for a factor before it, or for 1, with no other number.
    fn has_product(&self, factor: u64, unit: u64) -> bool {
        self.forms(&unit.to_string()).any(|form| {
            self.places(form).any(|at| {
                let before = self.text[..at].trim_end_matches([' ', '\u{a0}', '-', '\u{200c}']);
                let is_apart = before.len() < at || self.is_start(at);
                if self.has_larger_after(at + form.trim_end_matches('*').len(), unit) {
                    false
                } else if factor == 1 {
                    is_apart && !self.ends_with_number(before)
                } else {
                    self.forms(&factor.to_string()).any(|form| self.ends_with(before, form))
                }
            })
        })
    }

    /// Whether a word goes on there that multiplies the one for a number: hunderttausend is no 100.
    fn has_larger_after(&self, end: usize, unit: u64) -> bool {
        let after = self.text[end..].trim_start_matches([' ', '\u{a0}', '-', '\u{200c}']);
        let starts = |form: &str| after.starts_with(form.trim_end_matches('*'));
        self.units().filter(|larger| *larger > unit).any(|larger| self.forms(&larger.to_string()).any(starts))
    }

    /// Whether a number stands at the end of a text, or a word after which one is a share: per cento.
    fn ends_with_number(&self, before: &str) -> bool {
        const SHARE: [&str; 4] = ["per", "por", "pour", "pro"];
        let is_number = |(value, _): &&(&str, &str)| value.parse::<u64>().is_ok();
        before.ends_with(char::is_numeric)
            || SHARE.contains(&last_word(before))
            || self
                .words
                .iter()
                .filter(is_number)
                .flat_map(|(_, forms)| forms.split(", "))
                .any(|form| self.ends_with(before, form))
    }

    fn ends_with(&self, before: &str, form: &str) -> bool {
        match form.strip_suffix('*') {
            Some(stem) => last_word(before).starts_with(stem),
            None => before.strip_suffix(form).is_some_and(|rest| self.is_start(rest.len())),
        }
    }

    fn has_any(&self, value: &str) -> bool {
        self.forms(value).any(|form| self.places(form).any(|at| self.is_start(at)))
    }

    /// Whether a word begins with the one for a number: zweieinhalb.
    fn begins_with(&self, value: &str) -> bool {
        let mut stems = self.forms(value).map(|form| form.trim_end_matches('*'));
        stems.any(|stem| self.text.match_indices(stem).any(|(at, _)| self.is_start(at)))
    }

    fn forms(&self, value: &str) -> impl Iterator<Item = &'static str> {
        let entry = self.words.iter().find(|(own, _)| *own == value);
        entry.into_iter().flat_map(|(_, forms)| forms.split(", "))
    }

    /// Where a form stands, with the end of a word behind it unless it may go on.
    fn places(&self, form: &'static str) -> impl Iterator<Item = usize> {
        let (stem, goes_on) = form.strip_suffix('*').map_or((form, self.spaceless), |stem| (stem, true));
        let ends = move |at: usize| goes_on || !self.text[at + stem.len()..].starts_with(char::is_alphabetic);
        self.text.match_indices(stem).map(|(at, _)| at).filter(move |at| ends(*at))
    }

    /// Whether a word may start there.
    fn is_start(&self, at: usize) -> bool {
        /// Letters that are written together with the word after them, and the number one.
        const JOINED: &str = "والبفكلهובלכמש";
        const ONE: [&str; 6] = ["ein", "een", "ett", "et", "egy", "en"];
        let word = last_word(&self.text[..at]);
        self.spaceless
            || word.is_empty()
            || ONE.contains(&word)
            || self.joined && word.chars().count() <= 3 && word.chars().all(|c| JOINED.contains(c))
    }
}

#[cfg(test)]
mod tests {
    use bitext::Locale;

    use super::*;

    fn tells(tag: &str, target: &str, value: &str, after: &str) -> bool {
        has(&Locale::parse(tag).unwrap(), target, Told { value, after })
    }

    #[test]
    fn numbers_as_words() {
        for (tag, target, value) in [
            ("es-ES", "hasta mil usuarios", "1000"),
            ("cs-CZ", "až tisíc uživatelů", "1000"),
            ("de-DE", "bis zu tausend Benutzer", "1000"),
            ("de-DE", "eintausend Benutzer", "1000"),
            ("de-DE", "zweitausend Benutzer", "2000"),
            ("it-IT", "fino a mille utenti", "1000"),
            ("it-IT", "duemila utenti", "2000"),
            ("fi-FI", "tuhat käyttäjää", "1000"),
            ("hu-HU", "ezer felhasználó", "1000"),
            ("tr-TR", "bin kullanıcı", "1000"),
            ("ar-SA", "لألف مستخدم", "1000"),
            ("he-IL", "עד אלף משתמשים", "1000"),
            ("vi-VN", "một nghìn người dùng", "1000"),
            ("th-TH", "ผู้ใช้หนึ่งพันคน", "1000"),
            ("pl-PL", "do dwóch tysięcy", "2000"),
            ("ru-RU", "миллион строк", "1000000"),
            ("ru-RU", "сто тысяч строк", "100000"),
            ("ja-JP", "最大千人のユーザー", "1000"),
            ("zh-CN", "一百个用户", "100"),
            ("zh-TW", "十萬個檔案", "100000"),
            ("zh-CN", "一百万个文件", "1000000"),
            ("ko-KR", "최대 천 명", "1000"),
            ("fr-FR", "vingt paquets", "20"),
        ] {
            assert!(tells(tag, target, value, ""), "{tag} {target}");
        }
        for (tag, target, value) in [
            ("es-ES", "hasta dos mil usuarios", "1000"),
            ("es-ES", "miles de usuarios", "2000"),
            ("es-ES", "milagro", "1000"),
            ("de-DE", "zweitausend Benutzer", "1000"),
            ("de-DE", "fünftausend Benutzer", "2000"),
            ("it-IT", "il 30 per cento", "100"),
            ("de-DE", "hunderttausend Benutzer", "100"),
            ("es-ES", "cien mil usuarios", "100"),
            ("zh-CN", "一千万个用户", "1000"),
            ("zh-CN", "二百个用户", "100"),
            ("ru-RU", "5 тысяч строк", "1000"),
            ("ru-RU", "столица", "100"),
            ("qu-PE", "mil", "1000"),
        ] {
            assert!(!tells(tag, target, value, ""), "{tag} {target}");
        }
    }

    #[test]
    fn parts_as_words() {
        for (tag, target, value, after) in [
            ("de-DE", "nach einer halben Stunde", "30", " minutes"),
            ("fr-FR", "une demi-heure", "30", "-minute"),
            ("es-ES", "media hora", "30", " minutes"),
            ("hu-HU", "fél órát", "30", " minutes"),
            ("ja-JP", "半時間", "30", " minutes"),
            ("zh-CN", "半小时后", "30", " minutes"),
            ("pl-PL", "po kwadransie", "15", " minutes"),
            ("de-DE", "anderthalb Stunden", "1.5", " hours"),
            ("ru-RU", "полтора часа", "1.5", " hours"),
            ("hu-HU", "másfél óra", "1.5", " hours"),
            ("vi-VN", "một tiếng rưỡi", "1.5", " hours"),
            ("zh-CN", "一个半小时", "1.5", " hours"),
            ("de-DE", "zweieinhalb Stunden", "2.5", " hours"),
            ("cs-CZ", "dvě a půl hodiny", "2.5", " hours"),
            ("ru-RU", "Половина пользователей", "50", "% of users"),
            ("it-IT", "la metà degli utenti", "50", " percent"),
        ] {
            assert!(tells(tag, target, value, after), "{tag} {target}");
        }
        for (tag, target, value, after) in [
            ("de-DE", "nach einer halben Stunde", "30", " days"),
            ("de-DE", "zweieinhalb Stunden", "3.5", " hours"),
            ("it-IT", "per mezzo di un minuto", "30", " minutes"),
            ("es-ES", "la mitad", "25", "%"),
        ] {
            assert!(!tells(tag, target, value, after), "{tag} {target}");
        }
    }
}
