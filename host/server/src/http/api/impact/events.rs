//! The progress of an impact report as server-sent events.
//!
//! `progress` with `{"done": …, "total": …}` a few times a second, then once the report itself,
//! without its content, as `finished` or `failed`; then the stream ends. A reader that comes too
//! late gets the last event only.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures::stream::{self, Stream, StreamExt};
use serde::Serialize;
use stele_runtime::{ImpactProgress, ImpactReport, ImpactStage, TenantId};
use tokio::sync::watch;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::http::api::impact::reports::find;
use crate::http::edge::application::Application;
use crate::http::edge::credential::{ImpactRead, TenantAccess};
use crate::http::edge::problem::Problem;
use crate::http::edge::segment::ReportSegment;

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<Application> {
    OpenApiRouter::new().routes(routes!(follow_impact_report))
}

/// Time between two events of progress: a bar that moves smoothly, and no more.
const PAUSE: Duration = Duration::from_millis(200);

/// Follow an impact report until it has ended.
#[utoipa::path(get, path = "/v1/tenants/{tenant}/impact-reports/{report}/events", tag = "impact",
    operation_id = "follow_impact_report",
    params(
        ("tenant" = String, Path, description = "The tenant."),
        ("report" = String, Path, description = "The report's identifier."),
    ),
    responses((status = 200, description = "Events: progress, then finished or failed.",
        body = String, content_type = "text/event-stream")))]
async fn follow_impact_report(
    State(app): State<Application>,
    access: TenantAccess<ImpactRead>,
    ReportSegment(id): ReportSegment,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Problem> {
    let report = find(&app, &access, &id).await?;
    let place = app.rooms().events.enter(access.holder())?;
    let following = app.runtime().follow_impact(&access.tenant, report.id);
    let followed = Followed { app, tenant: access.tenant, id: report.id };
    let events = stream::unfold(Next::Begin(following), move |next| {
        let _held_until_the_end = &place;
        followed.clone().event(next)
    });
    Ok(Sse::new(events.filter_map(async |event| event.map(Ok))).keep_alive(KeepAlive::default()))
}

/// What is followed.
#[derive(Clone)]
struct Followed {
    app: Application,
    tenant: TenantId,
    id: Uuid,
}

/// What comes next.
enum Next {
    /// Where it is now, or where it ended.
    Begin(Option<watch::Receiver<ImpactProgress>>),
    /// The next progress, or the end.
    Follow(watch::Receiver<ImpactProgress>),
    /// Nothing.
    End,
}

impl Followed {
    async fn event(self, next: Next) -> Option<(Option<Event>, Next)> {
        match next {
            Next::Begin(Some(mut following)) => {
                let progress = *following.borrow_and_update();
                Some((event("progress", &progress), Next::Follow(following)))
            }
            Next::Follow(mut following) => {
                tokio::time::sleep(PAUSE).await;
                if following.changed().await.is_err() {
                    return Some((self.last().await, Next::End));
                }
                let progress = *following.borrow_and_update();
                Some((event("progress", &progress), Next::Follow(following)))
            }
            Next::Begin(None) => Some((self.last().await, Next::End)),
            Next::End => None,
        }
    }

    async fn last(&self) -> Option<Event> {
        let report: Option<ImpactReport> =
            self.app.runtime().impact_report(&self.tenant, self.id).await.ok().flatten();
        report.and_then(|report| {
            let name = match report.state {
                ImpactStage::Finished => "finished",
                ImpactStage::Failed | ImpactStage::Running => "failed",
            };
            event(name, &report)
        })
    }
}

fn event(name: &str, data: &impl Serialize) -> Option<Event> {
    Event::default().event(name).json_data(data).ok()
}
