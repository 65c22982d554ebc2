//! Puts an explanation together.

use stele_engine::Failure;
use stele_ruleset::{AnswerTooLong, Calculation, RecallError, Ruleset, StepView, View};
use stele_store::{ActivationRecord, ProposalRecord, ResultId, StoreError, TenantId};
use stele_words::{Message, Phrase, Words};

use super::{
    authority::authority,
    document::{
        ExplainedFinding, ExplainedLine, ExplainedParameter, ExplainedResult, ExplainedStep,
        Explanation,
    },
    values::Reader,
};
use crate::{
    result::{
        Reading, RecordedResult, Replay, ResultContent, ResultError, evidence::find_activation,
        run_again,
    },
    state::{actor::Actor, runtime::Runtime},
};

/// Why a result cannot be explained.
#[derive(Debug, thiserror::Error)]
pub enum ExplainError {
    /// It cannot be read.
    #[error(transparent)]
    Result(#[from] ResultError),
    /// It was recorded without steps, and running it again gives something else: whatever the
    /// steps of that run say, they do not explain what was recorded.
    #[error("the result does not come out the same when it is run again, so nothing explains it")]
    Different(Box<Replay>),
    /// What is kept does not fit the version that it names.
    #[error(transparent)]
    Recall(#[from] RecallError),
    /// It would be too long.
    #[error(transparent)]
    TooLong(#[from] AnswerTooLong),
    /// The engine has no room; the same request succeeds later.
    #[error("{0}")]
    Saturated(Failure),
    /// The store could not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The work was stopped.
    #[error("the explanation was stopped")]
    Stopped,
}

/// What the records say about the version.
type Records = (Option<ActivationRecord>, Option<ProposalRecord>);

impl Runtime {
    /// Explains a recorded result in the best language for a reader who wants these, in the order
    /// of preference. One that was recorded without steps is run again to have them, which must
    /// give the same outcome. Stands in the audit log where the policy asks for it.
    pub async fn explanation(
        &self,
        actor: &Actor,
        tenant: &TenantId,
        id: ResultId,
        wanted: &[&str],
    ) -> Result<Explanation, ExplainError> {
        let recorded = self.result(tenant, id).await?;
        let activation = recorded.content.receipt.activation;
        let activation = find_activation(self.store().as_ref(), tenant, activation).await?;
        let proposal = match activation.as_ref().and_then(|found| found.proposal) {
            Some(proposal) => self.store().proposal(tenant, proposal).await?,
            None => None,
        };
        let records = (activation, proposal);
        let ruleset =
            self.ruleset_of(tenant, &recorded.content).await.map_err(ResultError::from)?;
        let calculation = if recorded.content.steps.is_empty() {
            let mut session = ruleset.session(self.engine(), tenant.shared());
            let content = recorded.content.clone();
            let job = move |_| async move { run_again(&mut session, &content, true).await };
            match self.run(tenant.shared(), job).await.flatten() {
                Ok((replay, Some(calculation))) if replay.identical => {
                    recorded.content.of_employment(calculation)
                }
                Ok((replay, _)) => return Err(ExplainError::Different(Box::new(replay))),
                Err(failure @ Failure::Saturated { .. }) => {
                    return Err(ExplainError::Saturated(failure));
                }
                Err(_) => return Err(ExplainError::Stopped),
            }
        } else {
            recorded.content.recall(&ruleset)?
        };
        let explanation = assemble(&recorded, &ruleset, &calculation, &records, wanted)?;
        self.note_reading(actor, tenant, id, &recorded.head, Reading::Explained)
            .await
            .map_err(ResultError::from)?;
        Ok(explanation)
    }
}

fn assemble(
    recorded: &RecordedResult,
    ruleset: &Ruleset,
    calculation: &Calculation,
    (activation, proposal): &Records,
    wanted: &[&str],
) -> Result<Explanation, AnswerTooLong> {
    let content: &ResultContent = &recorded.content;
    let receipt = &content.receipt;
    let wording = ruleset.wording(wanted);
    let (title, words) = (wording.labels().title(), wording.words());
    let view = calculation.render(ruleset, wording)?;
    let reader = Reader { ruleset, wording };
    let mut parameters = Parameters { reader: &reader, used: Vec::new() };
    let (lines, other_steps) = lines(&view, words, &mut parameters);
    Ok(Explanation {
        language: view.language.to_owned(),
        words: view.words,
        title: words.say(Message::Title { title }),
        introduction: introduction(recorded, words),
        result: ExplainedResult {
            id: recorded.id,
            employee: recorded.head.employee.clone(),
            employment: receipt.employment.clone(),
            slot: receipt.slot.clone(),
            date: receipt.date,
            known_at: receipt.known_at,
            recorded_at: recorded.recorded_at,
            recorded_by: recorded.actor.name.clone(),
            digest: recorded.head.digest,
            audit_sequence: recorded.audit_sequence,
        },
        lines,
        other_steps,
        findings: findings(&view),
        facts: reader.facts(content),
        parameters: parameters.used,
        authority: authority(receipt, title, activation.as_ref(), proposal.as_ref(), words),
        checking: checking(recorded, words),
        receipt: receipt.clone(),
    })
}

fn introduction(recorded: &RecordedResult, words: &Words) -> Vec<String> {
    let receipt = &recorded.content.receipt;
    let date = receipt.date;
    let about = match &recorded.head.employee {
        Some(employee) => Message::AboutEmployee { employee: employee.as_str(), date },
        None => Message::About { date },
    };
    let made = Message::Made { recorded_at: recorded.recorded_at, known_at: receipt.known_at };
    vec![words.say(about), words.say(made), words.phrase(Phrase::Logic).into()]
}

/// What the reader can do to have it checked.
fn checking(recorded: &RecordedResult, words: &Words) -> Vec<String> {
    let receipt = &recorded.content.receipt;
    let (version, ruleset) = (receipt.version.as_str(), receipt.ruleset.as_str());
    vec![
        words.phrase(Phrase::CompareFacts).into(),
        words.say(Message::CalculateAgain { id: &recorded.id.to_string() }),
        words.phrase(Phrase::AskForEvidence).into(),
        words.say(Message::NameTheVersion { version, ruleset }),
    ]
}

fn lines(
    view: &View<'_>,
    words: &Words,
    parameters: &mut Parameters<'_>,
) -> (Vec<ExplainedLine>, Vec<ExplainedStep>) {
    let mut lines: Vec<ExplainedLine> = (view.lines.iter())
        .map(|line| ExplainedLine {
            code: line.code.to_owned(),
            label: match line.subject_label.or(line.subject) {
                Some(subject) => format!("{} · {subject}", line.label),
                None => line.label.to_owned(),
            },
            category: line.category_label.to_owned(),
            amount: line.amount.clone(),
            shown: words.number(&line.amount),
            unit: line.unit_label.or(line.unit).map(str::to_owned),
            citation: line.citation.map(str::to_owned),
            steps: Vec::new(),
        })
        .collect();
    let mut other = Vec::new();
    for step in &view.steps {
        let explained = parameters.step(step);
        match step.line.and_then(|line| lines.get_mut(line)) {
            Some(line) => line.steps.push(explained),
            None => other.push(explained),
        }
    }
    for line in lines.iter_mut().filter(|line| line.steps.is_empty()) {
        let text = words.phrase(Phrase::NoSteps).into();
        line.steps.push(ExplainedStep { text, citation: None, parameters: Vec::new() });
    }
    (lines, other)
}

fn findings(view: &View<'_>) -> Vec<ExplainedFinding> {
    let findings = view.findings.iter().map(|finding| ExplainedFinding {
        code: finding.code.to_owned(),
        severity: finding.severity,
        message: finding.message.clone(),
        // A sentence that names its source already needs it no second time.
        citation: (finding.citation)
            .filter(|citation| !finding.message.contains(citation))
            .map(str::to_owned),
    });
    findings.collect()
}

/// The values of the law in the order in which steps use them, each once.
struct Parameters<'a> {
    reader: &'a Reader<'a>,
    used: Vec<ExplainedParameter>,
}

impl Parameters<'_> {
    fn step(&mut self, step: &StepView<'_>) -> ExplainedStep {
        let mut positions = Vec::new();
        for view in &step.parameters {
            let parameter = self.reader.parameter(view);
            let known = self.used.iter().position(|other| *other == parameter);
            positions.push(known.unwrap_or_else(|| {
                self.used.push(parameter);
                self.used.len() - 1
            }));
        }
        ExplainedStep {
            text: step.text.clone(),
            citation: step.citation.map(str::to_owned),
            parameters: positions,
        }
    }
}
