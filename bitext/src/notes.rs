//! What rules work out about a document and keep for other rules.

use std::any::Any;
use std::cell::OnceCell;
use std::fmt;

/// Values of any types, one of each. A document has them, so that what several rules need is worked out once and goes
/// with the document.
#[derive(Default)]
pub struct Notes(OnceCell<Box<Note>>);

struct Note {
    value: Box<dyn Any>,
    next: Notes,
}

impl Notes {
    /// The value of this type. The first call makes it.
    #[inline]
    pub fn get_or_make<T: Any>(&self, make: impl FnOnce() -> T) -> &T {
        match self.get() {
            Some(value) => value,
            None => self.make(make),
        }
    }

    /// The value of this type, if it is made.
    #[inline]
    pub fn get<T: Any>(&self) -> Option<&T> {
        let mut note = self.0.get()?;
        loop {
            if let Some(value) = note.value.downcast_ref::<Option<T>>() {
                return value.as_ref();
            }
            note = note.next.0.get()?;
        }
    }

    #[inline(never)]
    fn make<T: Any>(&self, make: impl FnOnce() -> T) -> &T {
        let mut make = Some(make);
        let mut notes = self;
        loop {
            // Nothing is noted meanwhile: what makes a value asks for no other one.
            let note = notes.0.get_or_init(|| {
                let value = make.take().map(|make| make());
                Box::new(Note { value: Box::new(value), next: Self::default() })
            });
            if let Some(Some(value)) = note.value.downcast_ref::<Option<T>>() {
                return value;
            }
            notes = &note.next;
        }
    }
}

impl fmt::Debug for Notes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Notes")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_of_each_type_is_made_once() {
        let notes = Notes::default();
        assert_eq!(notes.get_or_make(|| 1_u8), &1);
        assert_eq!(notes.get_or_make(|| "two"), &"two");
        assert_eq!((notes.get_or_make(|| 3_u8), notes.get_or_make(|| "four")), (&1, &"two"));
    }
}
