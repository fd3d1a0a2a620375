//! What was signed of contracts.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use crate::{
    model::{
        base::ids::{ContractFileId, ContractId, CustomerId, StaffId},
        minutes::contracts::ContractFile,
    },
    server::db::{DbError, Tx},
};

/// What was signed of each contract, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn of(tx: &mut Tx, contracts: &[ContractId]) -> Result<HashMap<ContractId, Vec<ContractFile>>, DbError> {
    let rows = sqlx::query!(
        r#"select contract_id as "contract: ContractId", id as "id: ContractFileId", name, added_at
           from contract_file where contract_id = any($1) order by id desc"#,
        &contracts.iter().map(|id| id.0).collect::<Vec<_>>()
    );
    let mut files: HashMap<ContractId, Vec<ContractFile>> = HashMap::new();
    for row in rows.fetch_all(&mut **tx).await? {
        let file = ContractFile { id: row.id, name: row.name, added_at: row.added_at };
        files.entry(row.contract).or_default().push(file);
    }
    Ok(files)
}

/// Keeps what was signed of a contract; false where the same file is kept already.
///
/// # Errors
/// When the database fails.
pub async fn add(
    tx: &mut Tx,
    (customer, contract): (CustomerId, ContractId),
    name: &str,
    content: &[u8],
    by: StaffId,
    now: DateTime<Utc>,
) -> Result<bool, DbError> {
    let done = sqlx::query!(
        "insert into contract_file (contract_id, customer_id, name, content, added_at, added_by)
         values ($1, $2, $3, $4, $5, $6) on conflict on constraint one_file_once do nothing",
        contract.0,
        customer.0,
        name,
        content,
        now,
        by.0
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Removes what was attached to a contract; false where it is gone already.
///
/// # Errors
/// When the database fails.
pub async fn remove(
    tx: &mut Tx,
    (customer, contract): (CustomerId, ContractId),
    file: ContractFileId,
) -> Result<bool, DbError> {
    let done = sqlx::query!(
        "delete from contract_file where id = $1 and contract_id = $2 and customer_id = $3",
        file.0,
        contract.0,
        customer.0
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The name and the content of what was signed; none if there is no such file, or it is another customer's.
///
/// # Errors
/// When the database fails.
pub async fn content(
    tx: &mut Tx,
    contract: ContractId,
    file: ContractFileId,
) -> Result<Option<(String, Vec<u8>)>, DbError> {
    let row =
        sqlx::query!("select name, content from contract_file where id = $1 and contract_id = $2", file.0, contract.0)
            .fetch_optional(&mut **tx)
            .await?;
    Ok(row.map(|row| (row.name, row.content)))
}
