//! What the evaluation of one root may cost: steps of work, and bytes that it creates. Measures no time.

/// The steps that one root may take: at least, at most, and all roots of a project together if that is not less.
const STEPS: Share = Share {
    least: 1_000_000,
    most: 20_000_000,
    all: 200_000_000,
};

/// The bytes that one root may create. Some of them stay until the report is written, those of all roots at once.
const BYTES: Share = Share {
    least: 16 << 20,
    most: 256 << 20,
    all: 1 << 30,
};

/// What one of several may have.
struct Share {
    least: usize,
    most: usize,
    all: usize,
}

impl Share {
    fn of(&self, several: usize) -> usize {
        (self.all / several.max(1)).clamp(self.least, self.most)
    }
}

/// What is left of it.
#[derive(Debug)]
pub(crate) struct Budget {
    steps: usize,
    bytes: usize,
    exceeded: bool,
}

/// The budget does not suffice.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Exceeded;

impl Budget {
    /// Returns the budget of a root in a project of so many.
    pub(crate) fn of_one_in(roots: usize) -> Self {
        Budget {
            steps: STEPS.of(roots),
            bytes: BYTES.of(roots),
            exceeded: false,
        }
    }

    /// Takes steps of work. Once a budget is exceeded, it stays so.
    pub(crate) fn spend(&mut self, steps: usize) -> Result<(), Exceeded> {
        self.take(self.steps.checked_sub(steps), Some(self.bytes))
    }

    /// Takes bytes, and a step for each sixteen of them: to be called before they are created.
    pub(crate) fn create(&mut self, bytes: usize) -> Result<(), Exceeded> {
        self.take(
            self.steps.checked_sub(bytes / 16 + 1),
            self.bytes.checked_sub(bytes),
        )
    }

    /// Takes bytes that come in small pieces, each with a step that is taken anyway.
    pub(crate) fn keep(&mut self, bytes: usize) -> Result<(), Exceeded> {
        self.take(Some(self.steps), self.bytes.checked_sub(bytes))
    }

    /// Takes the steps of reading so many bytes: much is read at once.
    pub(crate) fn read(&mut self, bytes: usize) -> Result<(), Exceeded> {
        self.spend(bytes / 64 + 1)
    }

    /// Tells whether it has been exceeded.
    pub(crate) fn exceeded(&self) -> bool {
        self.exceeded
    }

    fn take(&mut self, steps: Option<usize>, bytes: Option<usize>) -> Result<(), Exceeded> {
        match (steps, bytes) {
            (Some(steps), Some(bytes)) if !self.exceeded => {
                self.steps = steps;
                self.bytes = bytes;
                Ok(())
            }
            _ => {
                self.exceeded = true;
                Err(Exceeded)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn once_exceeded_always_exceeded() {
        let mut budget = Budget::of_one_in(1);
        assert_eq!(budget.spend(10), Ok(()));
        assert_eq!(budget.create(usize::MAX), Err(Exceeded));
        assert_eq!(budget.spend(1), Err(Exceeded));
        assert!(budget.exceeded());
    }
}
