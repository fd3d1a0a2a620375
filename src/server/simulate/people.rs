//! Who acts, as those who are signed in.

use anyhow::Context;

use crate::{
    model::{
        base::ids::{CustomerId, MemberId, StaffId},
        people::members::{Capability, StaffRole},
    },
    server::{
        app::App,
        auth::{Caller, Desk, Manager, Person, Technician},
        db::Tx,
        demo::signed_in,
    },
};

/// Everybody.
pub(super) struct People {
    /// Members of customers, all of whom may order.
    pub members: Vec<Caller>,
    /// Those of them who buy for their customer, too.
    pub buyers: Vec<Caller>,
    pub technicians: Vec<Technician>,
    pub desk: Desk,
    pub manager: Manager,
}

impl People {
    /// As the database knows them.
    pub async fn of(app: &App) -> anyhow::Result<Self> {
        let mut tx = app.db.staff().await?;
        let members = members(&mut tx).await?;
        let staff = staff(&mut tx).await?;
        let first = |role| staff.iter().find(|caller| does(caller, role)).context("a person of the vendor");
        let technicians = staff.iter().filter(|caller| does(caller, StaffRole::Technician));
        Ok(Self {
            buyers: members.iter().filter(|caller| caller.may_buy().is_ok()).cloned().collect(),
            technicians: technicians.map(Caller::technician).collect::<Result<_, _>>()?,
            desk: first(StaffRole::Dispatcher)?.desk()?,
            manager: first(StaffRole::Manager)?.manager()?,
            members,
        })
    }

    /// The manager, who is the first to be there.
    pub async fn manager(app: &App) -> anyhow::Result<Manager> {
        let staff = staff(&mut app.db.staff().await?).await?;
        Ok(staff.iter().find(|caller| does(caller, StaffRole::Manager)).context("a manager")?.manager()?)
    }
}

fn does(caller: &Caller, role: StaffRole) -> bool {
    caller.staff().is_ok_and(|staff| staff.roles().contains(role))
}

async fn members(tx: &mut Tx) -> anyhow::Result<Vec<Caller>> {
    let rows = sqlx::query!(
        r#"select m.id as "id: MemberId", m.name, m.customer_id as "customer: CustomerId", c.name as customer_name,
                  m.capabilities as "capabilities: Vec<Capability>"
           from member m join customer c on c.id = m.customer_id order by m.id"#
    )
    .fetch_all(&mut **tx)
    .await?;
    let callers = rows.into_iter().map(|row| {
        signed_in(Person::Member {
            id: row.id,
            name: row.name,
            customer: row.customer,
            customer_name: row.customer_name,
            capabilities: row.capabilities.into_iter().collect(),
        })
    });
    Ok(callers.collect())
}

async fn staff(tx: &mut Tx) -> anyhow::Result<Vec<Caller>> {
    let rows =
        sqlx::query!(r#"select id as "id: StaffId", name, roles as "roles: Vec<StaffRole>" from staff order by id"#)
            .fetch_all(&mut **tx)
            .await?;
    let callers = rows
        .into_iter()
        .map(|row| signed_in(Person::Staff { id: row.id, name: row.name, roles: row.roles.into_iter().collect() }));
    Ok(callers.collect())
}
