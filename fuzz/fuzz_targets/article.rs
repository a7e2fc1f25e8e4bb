#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| loclint_fuzz::properties::article(input));
