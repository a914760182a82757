//! What is wrong with a value, as data: the sentence is made by whoever shows it.

use serde::{Deserialize, Serialize};

/// One reason why a value was refused. `code` names a Fluent message `problem-{code}`,
/// `args` are its variables.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Message name without its `problem-` prefix.
    pub code: String,
    /// Variables of the message, in a fixed order.
    pub args: Vec<(String, String)>,
}

impl Problem {
    /// A problem whose sentence needs no variables.
    pub fn new(code: &str) -> Self {
        Self { code: code.to_owned(), args: Vec::new() }
    }

    /// The same problem with one more variable.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "callers pass literals and numbers")]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.args.push((name.to_owned(), value.to_string()));
        self
    }
}

impl std::fmt::Display for Problem {
    /// A terse form for logs; people read the Fluent sentence instead.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.code)?;
        for (name, value) in &self.args {
            write!(f, " {name}={value}")?;
        }
        Ok(())
    }
}

/// A problem at a field. The field's name is the one of the form and of the `apply` file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// Name of the form field; empty for the form as a whole.
    pub field: String,
    /// What is wrong.
    pub problem: Problem,
}

/// All problems of one form or object, in the order of its fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldErrors(pub Vec<FieldError>);

impl FieldErrors {
    /// A list with one entry.
    pub fn one(field: &str, problem: Problem) -> Self {
        let mut errors = Self::default();
        errors.add(field, problem);
        errors
    }

    /// Notes a problem.
    pub fn add(&mut self, field: &str, problem: Problem) {
        self.0.push(FieldError { field: field.to_owned(), problem });
    }

    /// Notes the problem of a failed check, and gives the value of a good one.
    pub fn check<T>(&mut self, field: &str, result: Result<T, Problem>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(problem) => {
                self.add(field, problem);
                None
            }
        }
    }

    /// True when nothing was wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first problem of a field.
    pub fn of(&self, field: &str) -> Option<&Problem> {
        self.0.iter().find(|e| e.field == field).map(|e| &e.problem)
    }

    /// `Ok(value)` when nothing was wrong.
    pub fn into_result<T>(self, value: T) -> Result<T, Self> {
        if self.is_empty() { Ok(value) } else { Err(self) }
    }

    /// These problems, and others.
    #[must_use]
    pub fn and(mut self, others: Self) -> Self {
        self.0.extend(others.0);
        self
    }

    /// The same problems, all at one field: for a form that has one where the object has several.
    #[must_use]
    pub fn at(mut self, field: &str) -> Self {
        for error in &mut self.0 {
            field.clone_into(&mut error.field);
        }
        self
    }

    /// The same problems with `prefix` before each field name.
    #[must_use]
    pub fn prefixed(mut self, prefix: &str) -> Self {
        for error in &mut self.0 {
            error.field = format!("{prefix}{}", error.field);
        }
        self
    }
}

impl std::fmt::Display for FieldErrors {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (i, error) in self.0.iter().enumerate() {
            if i > 0 {
                f.write_str("; ")?;
            }
            write!(f, "{}: {}", error.field, error.problem)?;
        }
        Ok(())
    }
}
