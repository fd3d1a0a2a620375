//! What is kept of one member, for that member.

use serde_json::Value;

use crate::{
    model::base::ids::{LoginId, MemberId},
    server::db::{DbError, Tx},
};

/// How a member signs in, and where; in a transaction of the system.
///
/// # Errors
/// When the database fails.
pub async fn sign_in(tx: &mut Tx, login: LoginId) -> Result<Value, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select jsonb_build_object('email', l.email, 'language', l.language,
                      'sessions', coalesce((
                          select jsonb_agg(jsonb_build_object('since', s.created_at, 'last_seen', s.last_seen_at,
                                               'browser', s.user_agent) order by s.created_at)
                          from session s where s.login_id = l.id), '[]'),
                      'notified_in', coalesce((
                          select jsonb_agg(jsonb_build_object('since', d.added_at, 'browser', d.name) order by d.added_at)
                          from push_device d where d.login_id = l.id), '[]'),
                      'calendar', (
                          select jsonb_build_object('since', f.made_at, 'busy_only', f.busy_only)
                          from calendar_feed f where f.login_id = l.id),
                      'wishes', (select to_jsonb(w) - 'login_id' from wish w where w.login_id = l.id)) as "own!"
           from login l where l.id = $1"#,
        login.0
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// Who the member is, what that person has ordered, and what was said and decided about it; in a transaction of the member's
/// customer.
///
/// # Errors
/// When the database fails.
pub async fn deeds(tx: &mut Tx, member: MemberId) -> Result<Value, DbError> {
    Ok(sqlx::query_scalar!(
        r#"select jsonb_build_object(
               'name', m.name, 'phone', m.phone, 'email', m.email, 'capabilities', m.capabilities,
               'contact_roles', m.contact_roles, 'is_mailbox', m.is_mailbox, 'active', m.active,
               'requests', coalesce((
                   select jsonb_agg(jsonb_build_object('number', r.number, 'state', r.state, 'created_at', r.created_at,
                                        'submitted_at', r.submitted_at, 'what_happened', r.what_happened,
                                        'what_stopped', r.what_stopped, 'stopped_since', r.stopped_since,
                                        'contact_name', r.contact_name, 'contact_phone', r.contact_phone)
                                    order by r.created_at, r.id)
                   from service_request r where r.member_id = m.id), '[]'),
               'events', coalesce((
                   select jsonb_agg(jsonb_build_object('request', r.number, 'at', e.at, 'kind', e.kind, 'note', e.note)
                                    order by e.at, e.id)
                   from request_event e join service_request r on r.id = e.request_id where e.member_id = m.id), '[]'),
               'attachments', coalesce((
                   select jsonb_agg(jsonb_build_object('id', a.id, 'request', r.number, 'at', a.at, 'name', a.name,
                                        'kind', a.kind, 'bytes', a.bytes) order by a.at, a.id)
                   from attachment a join service_request r on r.id = a.request_id where a.member_id = m.id), '[]'),
               'mails', coalesce((
                   select jsonb_agg(jsonb_build_object('at', i.came_at, 'from', i.from_address, 'subject', i.title, 'text', i.said)
                                    order by i.id)
                   from inbound_mail i where i.member_id = m.id and i.state in ('request', 'reply')), '[]'),
               'objections', coalesce((
                   select jsonb_agg(jsonb_build_object('at', c.at, 'reason', c.reason, 'state', c.state, 'answer', c.answer)
                                    order by c.at, c.id)
                   from contest c where c.member_id = m.id), '[]'),
               'consents', coalesce((
                   select jsonb_agg(jsonb_build_object('asked_at', q.asked_at, 'answered_at', q.answered_at, 'agreed', q.agreed,
                                        'new_ceiling', q.new_ceiling) order by q.asked_at, q.id)
                   from ceiling_consent q where q.member_id = m.id), '[]'),
               'purchases', coalesce((
                   select jsonb_agg(jsonb_build_object('number', p.number, 'created_at', p.created_at, 'minutes', p.minutes,
                                        'total', p.total, 'reference', p.reference, 'state', p.state)
                                    order by p.created_at, p.id)
                   from purchase p where p.member_id = m.id), '[]')) as "own!"
           from member m where m.id = $1"#,
        member.0
    )
    .fetch_one(&mut **tx)
    .await?)
}
