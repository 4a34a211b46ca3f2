//! Statements, of Bicep files and of parameter files alike.

use super::cursor::{Parsed, Parser, Problem, Written};
use super::string;
use super::token::TokenKind;
use super::types::NULLABLE;
use crate::expr::{ExprId, ExprKind};
use crate::source::{Name, Span, Symbol};
use crate::syntax::{ArmDeclaration, Binding, Declaration, Function, Import, Imported, Input};

/// What stands before a statement with `@`.
#[derive(Default)]
pub(super) struct Decorators {
    /// Whether the value must be masked: `@secure()`.
    pub secure: bool,
}

impl Parser<'_> {
    /// Parses one statement. `parameters` says whether it is a parameter file, in which `param` gives a value.
    pub(super) fn statement(&mut self, parameters: bool) -> Parsed<()> {
        let start = self.span_of(self.peek_at(0));
        let decorators = self.decorators()?;
        let keyword = self.peek_at(0);
        if keyword.kind != TokenKind::Identifier {
            return Err(self.problem("a declaration"));
        }
        let head = self.span_of(keyword);
        match self.text_of(keyword) {
            "param" if parameters => self.parameter_value(&decorators)?,
            "param" => self.parameter(&decorators)?,
            "var" => self.variable(&decorators)?,
            "output" => self.output(&decorators)?,
            "type" => self.type_declaration()?,
            "func" => self.function()?,
            "import" => self.import()?,
            "resource" => self.resource(head, None)?,
            "module" => self.module(head)?,
            "using" => self.using()?,
            "extends" => {
                self.take();
                let from = self.plain_string("the path of a parameter file")?;
                self.declarations
                    .push(Declaration::Arm(ArmDeclaration::Extends(from)));
            }
            "targetScope" | "metadata" | "assert" => self.aside()?,
            "extension" | "provider" | "extensionConfig" | "test" => self.skip_statement(),
            _ => return Err(self.problem("a declaration: param, var, resource, module, output …")),
        }
        self.mark(start.join(self.last_span()));
        match self.kind() {
            TokenKind::Newline | TokenKind::EndOfFile => Ok(()),
            _ => Err(self.problem("the end of the line")),
        }
    }

    /// Parses the decorators before a statement or a member of a type.
    pub(super) fn decorators(&mut self) -> Parsed<Decorators> {
        let mut found = Decorators::default();
        while self.eat(TokenKind::At) {
            let written = self.expression()?;
            if let ExprKind::Call { name, .. } = &self.exprs.get(written.id).kind {
                found.secure |= matches!(&*name.text, "secure" | "sys.secure");
            }
            self.skip_newlines();
        }
        Ok(found)
    }

    /// Parses `= value`.
    fn assigned(&mut self) -> Parsed<Written> {
        self.expect(TokenKind::Assignment, "`=`")?;
        self.expression()
    }

    fn parameter(&mut self, decorators: &Decorators) -> Parsed<()> {
        self.take();
        let name = self.name("the name of a parameter")?;
        let untyped = matches!(self.kind(), TokenKind::Assignment | TokenKind::EndOfFile);
        let constraint = if untyped {
            None
        } else {
            Some(self.type_expression()?)
        };
        let written = match self.kind() {
            TokenKind::Assignment => Some(self.assigned()?.id),
            _ => None,
        };
        let nullable = constraint.is_some_and(|written| self.is_nullable(written.id));
        let missing = constraint.filter(|_| nullable && written.is_none());
        let missing = missing.map(|constraint| self.add(ExprKind::Null, constraint.span).id);
        self.declarations.push(Declaration::Input(Input {
            name,
            constraint: constraint.map(|written| written.id),
            default: written.or(missing),
            sensitive: decorators.secure,
            ephemeral: false,
            nullable: Some(true),
        }));
        Ok(())
    }

    /// Tells whether a type ends in `?`.
    pub(super) fn is_nullable(&self, id: ExprId) -> bool {
        matches!(&self.exprs.get(id).kind, ExprKind::Call { name, .. } if &*name.text == NULLABLE)
    }

    fn parameter_value(&mut self, decorators: &Decorators) -> Parsed<()> {
        let binding = self.binding(decorators)?;
        self.declarations.push(Declaration::Assignment(binding));
        Ok(())
    }

    fn variable(&mut self, decorators: &Decorators) -> Parsed<()> {
        let binding = self.binding(decorators)?;
        self.declarations.push(Declaration::Local(binding));
        Ok(())
    }

    fn output(&mut self, decorators: &Decorators) -> Parsed<()> {
        let binding = self.binding(decorators)?;
        self.declarations.push(Declaration::Output(binding));
        Ok(())
    }

    /// Parses `keyword name type = value`; the type may be missing.
    fn binding(&mut self, decorators: &Decorators) -> Parsed<Binding> {
        self.take();
        let name = self.name("a name")?;
        if self.kind() != TokenKind::Assignment {
            self.type_expression()?;
        }
        Ok(Binding {
            name,
            value: self.assigned()?.id,
            sensitive: decorators.secure,
        })
    }

    fn type_declaration(&mut self) -> Parsed<()> {
        self.take();
        let name = self.name("the name of a type")?;
        self.expect(TokenKind::Assignment, "`=`")?;
        let value = self.type_expression()?.id;
        self.declarations
            .push(Declaration::Arm(ArmDeclaration::Type(Binding {
                name,
                value,
                sensitive: false,
            })));
        Ok(())
    }

    /// Parses `func name(a type, b type) type => value`.
    fn function(&mut self) -> Parsed<()> {
        self.take();
        let name = self.name("the name of a function")?;
        self.expect(TokenKind::LeftParen, "`(`")?;
        let mut parameters = Vec::new();
        loop {
            while matches!(self.kind(), TokenKind::Newline | TokenKind::Comma) {
                self.take();
            }
            if self.eat(TokenKind::RightParen) {
                break;
            }
            parameters.push(self.name("the name of a parameter")?.text);
            self.type_expression()?;
        }
        self.type_expression()?;
        self.expect(TokenKind::Arrow, "`=>`")?;
        self.skip_newlines();
        let body = self.expression()?.id;
        self.declarations
            .push(Declaration::Arm(ArmDeclaration::Function(Function {
                name,
                parameters,
                body,
            })));
        Ok(())
    }

    /// Parses `import {a, b as c} from 'file'` and `import * as x from 'file'`; the older form declares an extension.
    fn import(&mut self) -> Parsed<()> {
        self.take();
        let imported = match self.kind() {
            TokenKind::LeftBrace => Imported::Names(self.imported_names()?),
            TokenKind::Asterisk => {
                self.take();
                if !self.eat_word("as") {
                    return Err(self.problem("`as`"));
                }
                Imported::All(self.name("a name for the file")?.text)
            }
            _ => {
                self.skip_statement();
                return Ok(());
            }
        };
        if !self.eat_word("from") {
            return Err(self.problem("`from`"));
        }
        let from = self.plain_string("the path of a file")?;
        self.declarations
            .push(Declaration::Arm(ArmDeclaration::Import(Import {
                from,
                imported,
            })));
        Ok(())
    }

    /// Parses `{a, b as c}`: the names in the other file and here.
    fn imported_names(&mut self) -> Parsed<Vec<(Symbol, Symbol)>> {
        self.take();
        let mut names = Vec::new();
        while self.next_element(TokenKind::RightBrace)? {
            let theirs = if self.kind() == TokenKind::StringComplete {
                self.plain_string("a name")?.text
            } else {
                self.name("a name")?.text
            };
            let ours = if self.eat_word("as") {
                self.name("a name")?.text
            } else {
                theirs.clone()
            };
            names.push((theirs, ours));
        }
        Ok(names)
    }

    /// Parses `using 'file'` and `using none`.
    fn using(&mut self) -> Parsed<()> {
        self.take();
        let template = if self.eat_word("none") {
            None
        } else {
            Some(self.plain_string("the path of a template, or `none`")?)
        };
        if self.eat_word("with") {
            self.object()?;
        }
        self.declarations
            .push(Declaration::Arm(ArmDeclaration::Using(template)));
        Ok(())
    }

    /// Parses a statement that says nothing about networks: `keyword name = value`.
    fn aside(&mut self) -> Parsed<()> {
        self.take();
        if self.kind() == TokenKind::Identifier {
            self.take();
        }
        self.assigned()?;
        Ok(())
    }

    /// Goes to the end of a statement that may mean nothing here, whatever it holds.
    fn skip_statement(&mut self) {
        let mut open = 0usize;
        loop {
            match self.kind() {
                TokenKind::LeftBrace | TokenKind::LeftSquare | TokenKind::LeftParen => open += 1,
                TokenKind::RightBrace | TokenKind::RightSquare | TokenKind::RightParen => {
                    open = open.saturating_sub(1);
                }
                TokenKind::Newline if open == 0 => return,
                TokenKind::EndOfFile => return,
                _ => {}
            }
            self.take();
        }
    }

    /// Takes a string without interpolation; the span is that of its characters.
    pub(super) fn plain_string(&mut self, expected: &str) -> Parsed<Name> {
        let token = self.expect(TokenKind::StringComplete, expected)?;
        let lines = string::is_of_lines(self.text_of(token));
        let span = self.span_of(token);
        let Some(text) = string::decode(&self.source.text, token, lines) else {
            return Err(Problem {
                span,
                expected: "the end of this string".to_owned(),
            });
        };
        let quotes = if lines { 3 } else { 1 };
        Ok(Name {
            text: Symbol::from(text),
            span: Span::new(self.source.id, token.start + quotes, token.end - quotes),
        })
    }
}
