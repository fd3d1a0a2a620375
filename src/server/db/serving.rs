//! The login by which the portal serves (`migrations/0280`), and whether it may no more than requests need.

use sqlx::PgPool;

use super::DbError;

/// What a login may that the portal's has no need of, or what it lacks, in one line with what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LoginFault {
    /// Everything.
    #[error("it is a superuser")]
    Superuser,
    /// Make roles, databases or copies, or look past the walls between customers.
    #[error(
        "it may make roles or databases, replicate, or bypass row-level security (alter role … nocreaterole nocreatedb noreplication nobypassrls)"
    )]
    Attributes,
    /// What the roles of requests may is its own.
    #[error("it inherits from its roles (alter role … noinherit)")]
    Inherits,
    /// Be somebody else than the roles of requests.
    #[error("it is a member of other roles than linka_member, linka_staff and linka_system (revoke … from …)")]
    OtherRoles,
    /// Change what it owns.
    #[error("it owns the database, a schema or tables of it")]
    Owns,
    /// Add to the schema.
    #[error("it may create in the database or in the schema public (revoke create on schema public from public)")]
    Creates,
    /// Requests could not be served.
    #[error(
        "it lacks one of the roles linka_member, linka_staff and linka_system; `linka migrate` as the owner grants them to linka_server"
    )]
    LacksRoles,
}

/// What is wrong with the login of a pool for serving requests; nothing with linka_server's.
///
/// # Errors
/// When the database fails.
pub async fn faults(pool: &PgPool) -> Result<Vec<LoginFault>, DbError> {
    // What a superuser is besides is not worth a line.
    let row = sqlx::query!(
        r#"with ours (role) as (values ('linka_member'), ('linka_staff'), ('linka_system'))
           select rolsuper as "is_superuser!",
                  (rolcreaterole or rolcreatedb or rolreplication or rolbypassrls) as "has_attributes!",
                  rolinherit as "inherits!",
                  exists (select from pg_auth_members m join pg_roles r on r.oid = m.roleid
                          where m.member = me.oid and r.rolname not in (select role from ours)) as "is_others!",
                  (exists (select from pg_database d where d.datname = current_database() and d.datdba = me.oid)
                   or exists (select from pg_namespace n where n.nspowner = me.oid)
                   or exists (select from pg_class c where c.relowner = me.oid
                              and c.relnamespace not in (select oid from pg_namespace where nspname ~ '^pg_(toast|temp)'))
                   or exists (select from pg_proc p where p.proowner = me.oid)) as "owns!",
                  (has_database_privilege(me.oid, current_database(), 'create')
                   or has_schema_privilege(me.oid, 'public', 'create')) as "creates!",
                  exists (select from ours left join pg_roles r on r.rolname = ours.role
                          where r.oid is null or not pg_has_role(me.oid, r.oid, 'member')) as "lacks_roles!"
           from pg_roles me where me.rolname = session_user"#
    )
    .fetch_one(pool)
    .await?;
    if row.is_superuser {
        return Ok(vec![LoginFault::Superuser]);
    }
    let found = [
        (row.has_attributes, LoginFault::Attributes),
        (row.inherits, LoginFault::Inherits),
        (row.is_others, LoginFault::OtherRoles),
        (row.owns, LoginFault::Owns),
        (row.creates, LoginFault::Creates),
        (row.lacks_roles, LoginFault::LacksRoles),
    ];
    Ok(found.into_iter().filter_map(|(is_so, fault)| is_so.then_some(fault)).collect())
}

/// Whether the login of a pool may bring the schema up to date: it owns it, or may make it where there is none.
///
/// # Errors
/// When the database fails.
pub async fn may_migrate(pool: &PgPool) -> Result<bool, DbError> {
    let may = sqlx::query_scalar!(
        r#"select rolsuper or coalesce(
                      (select pg_has_role(c.relowner, 'usage') from pg_class c where c.oid = to_regclass('public._sqlx_migrations')),
                      has_schema_privilege('public', 'create')) as "may!"
           from pg_roles where rolname = current_user"#
    );
    Ok(may.fetch_one(pool).await?)
}

/// Gives the portal's login what it needs, as the owner of a schema that is up to date.
///
/// # Errors
/// When the database fails.
pub async fn prepare(pool: &PgPool) -> Result<(), DbError> {
    sqlx::query("call prepare_serving()").execute(pool).await?;
    Ok(())
}
