//! What the fuzz targets run. The properties are a module of their own, since the tests of loclint hold the same ones
//! on the seeds and on inputs that once broke them (`tests/fuzzed`).

pub mod properties;
