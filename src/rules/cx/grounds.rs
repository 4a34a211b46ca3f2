//! Numbers that were computed from many values: what they rest on counts as looked at.

use super::Cx;
use crate::capacity::Ground;
use crate::finding::Subject;

impl Cx<'_> {
    /// Remembers that the values behind a number were looked at.
    pub fn rest_on<'g>(&mut self, grounds: impl IntoIterator<Item = &'g Ground>) {
        for ground in grounds {
            self.sensitive |= ground.sensitive;
            let node = self.network.provenance.node(ground.prov);
            if let Some(entity) = node.owner {
                let attribute = node.symbol.clone();
                self.remember(Subject { entity, attribute });
            }
        }
    }

    /// Notes that the rule is open because these values are not known; those that are known count for nothing.
    pub fn open_on<'g>(&mut self, grounds: impl IntoIterator<Item = &'g Ground>) {
        for ground in grounds {
            if let Some(unknown) = &ground.unknown {
                self.rest_on([ground]);
                self.note(unknown, ground.prov);
            }
        }
    }

    /// Tells whether a sensitive value was looked at, so that what is computed from it must not be shown.
    pub fn is_masked(&self) -> bool {
        self.sensitive
    }

    /// Returns a number that was computed; masked when it rests on a sensitive value.
    pub fn computed(&self, number: i64) -> String {
        if self.sensitive {
            return "(sensitive)".to_owned();
        }
        number.to_string()
    }
}
