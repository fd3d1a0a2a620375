//! Tokens by which programs of customers order by themselves: made and taken back by who manages there, or by the desk.

use crate::{
    model::{
        base::{
            fields::FieldCode,
            ids::{ApiTokenId, CustomerId, MemberId},
        },
        line::{
            api_tokens::{ApiToken, ApiTokensPage, SHOWN_FOR, TypedToken},
            catalogue::Program as CatalogueProgram,
        },
        paths,
        problem::Problem,
    },
    server::{
        app::App,
        auth::{
            Caller, CustomerManager, Desk, Program,
            events::{SecurityEvent, record},
            tokens::ApiSecret,
        },
        db::{
            OnConstraint, Tx, installation,
            line::{
                api_tokens::{self, NewToken},
                licences,
            },
            people::customers,
            retrying,
        },
    },
};

/// The tokens of the asking member's customer.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn own_page(app: &App, (manager, caller): (&CustomerManager, &Caller)) -> Result<ApiTokensPage, Problem> {
    let tx = app.db.member(manager.customer()).await?;
    page(app, tx, (manager.customer(), caller), None).await
}

/// The tokens of a customer, for the desk.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn page_of(
    app: &App,
    (_desk, caller): (&Desk, &Caller),
    customer: CustomerId,
) -> Result<ApiTokensPage, Problem> {
    let tx = app.db.staff().await?;
    page(app, tx, (customer, caller), Some(customer)).await
}

async fn page(
    app: &App,
    mut tx: Tx,
    (of, caller): (CustomerId, &Caller),
    customer: Option<CustomerId>,
) -> Result<ApiTokensPage, Problem> {
    let customer_name = customers::facts(&mut tx, of).await?.ok_or(Problem::NotFound)?.name;
    let programs = licensed(&mut tx, of).await?;
    let mut tokens = api_tokens::list(&mut tx, of).await?;
    drop(tx);
    let has_secrets = add_secrets(app, &mut tokens).await?;
    let is_shown = caller.confirmed().is_ok();
    if !is_shown {
        tokens.iter_mut().for_each(|token| token.secret = None);
    }
    Ok(ApiTokensPage {
        customer,
        customer_name,
        programs,
        tokens,
        hides_secret: has_secrets && !is_shown,
        key: ApiTokenId(app.random.uuid()),
        address: app.mail.link(paths::API),
    })
}

/// Adds the secrets of those that were made just now; whether there are any.
async fn add_secrets(app: &App, tokens: &mut [ApiToken]) -> Result<bool, Problem> {
    let now = app.clock.now();
    let is_new = |token: &ApiToken| token.revoked_at.is_none() && now < token.created_at + SHOWN_FOR;
    if tokens.iter().any(is_new) {
        let key = installation::key(&mut app.db.system().await?).await?;
        for token in tokens.iter_mut().filter(|token| is_new(token)) {
            let secret = ApiSecret::of(&key, token.id);
            // Those of a demo follow from nothing.
            token.secret = (secret.prefix() == token.prefix).then(|| secret.text().to_owned());
        }
    }
    Ok(tokens.iter().any(|token| token.secret.is_some()))
}

async fn licensed(tx: &mut Tx, customer: CustomerId) -> Result<Vec<CatalogueProgram>, Problem> {
    Ok(licences::licences(tx, customer).await?.into_iter().map(|licence| licence.program).collect())
}

/// Makes a token that acts in the asking member's name. The same form sent twice makes one.
///
/// # Errors
/// [`Problem::Invalid`].
pub async fn make_own(app: &App, manager: &CustomerManager, typed: &TypedToken, id: ApiTokenId) -> Result<(), Problem> {
    let secret = secret_of(app, id).await?;
    let tx = app.db.member(manager.customer()).await?;
    make(app, tx, (manager.customer(), Some(manager.id())), typed, (id, &secret)).await
}

/// Makes a token of a customer, which acts in the name of whoever manages there.
///
/// # Errors
/// [`Problem::Invalid`], [`Problem::NotFound`].
pub async fn make_for(
    app: &App,
    _desk: &Desk,
    customer: CustomerId,
    typed: &TypedToken,
    id: ApiTokenId,
) -> Result<(), Problem> {
    let secret = secret_of(app, id).await?;
    let tx = app.db.staff().await?;
    make(app, tx, (customer, None), typed, (id, &secret)).await
}

async fn secret_of(app: &App, id: ApiTokenId) -> Result<ApiSecret, Problem> {
    Ok(ApiSecret::of(&installation::key(&mut app.db.system().await?).await?, id))
}

async fn make(
    app: &App,
    mut tx: Tx,
    (customer, member): (CustomerId, Option<MemberId>),
    typed: &TypedToken,
    (id, secret): (ApiTokenId, &ApiSecret),
) -> Result<(), Problem> {
    customers::facts(&mut tx, customer).await?.ok_or(Problem::NotFound)?;
    let programs = licensed(&mut tx, customer).await?;
    let (program, scopes) = typed.check(&programs).map_err(|fields| Problem::Invalid { fields })?;
    let new = NewToken { id, customer, program, member, secret, scopes, vouches: typed.vouches };
    api_tokens::add(&mut tx, &new, app.clock.now())
        .await
        .on_constraint("twenty_tokens_of_a_customer", Problem::field("program", FieldCode::TooMany))?;
    tx.commit().await?;
    record(SecurityEvent::TokenMade(customer));
    Ok(())
}

/// Takes a token of the asking member's customer back, for good.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn revoke_own(app: &App, manager: &CustomerManager, token: ApiTokenId) -> Result<(), Problem> {
    let tx = app.db.member(manager.customer()).await?;
    revoke(app, tx, manager.customer(), token).await
}

/// Takes a token of a customer back, for good.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn revoke_of(app: &App, _desk: &Desk, customer: CustomerId, token: ApiTokenId) -> Result<(), Problem> {
    let tx = app.db.staff().await?;
    revoke(app, tx, customer, token).await
}

async fn revoke(app: &App, mut tx: Tx, customer: CustomerId, token: ApiTokenId) -> Result<(), Problem> {
    if !api_tokens::revoke(&mut tx, customer, token, app.clock.now()).await? {
        return Err(Problem::NotFound);
    }
    tx.commit().await?;
    record(SecurityEvent::TokenRevoked(customer));
    Ok(())
}

/// The program that shows a secret, and who it is to everything that asks for that: nobody, where nobody is left in whose name it acts.
///
/// # Errors
/// [`Problem::SignInRequired`] for a secret that is not good.
pub async fn admit(app: &App, shown: &str) -> Result<(Program, Option<Caller>), Problem> {
    let secret = ApiSecret::parse(shown).ok_or(Problem::SignInRequired)?;
    let now = app.clock.now();
    retrying(|| async {
        let mut tx = app.db.system().await?;
        let known = api_tokens::find(&mut tx, secret.hash()).await?.ok_or(Problem::SignInRequired)?;
        api_tokens::note_use(&mut tx, &known, now).await?;
        tx.commit().await?;
        let program = Program { token: known.id, program: known.program.id, scopes: known.scopes };
        let caller = known.member.map(|member| {
            let name = known.program.name.cs.clone();
            Caller::of_program(&program, (member, name), (known.customer, known.customer_name.clone()))
        });
        Ok((program, caller))
    })
    .await
}
