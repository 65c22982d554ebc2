//! Tokens and tenants.

use stele_runtime::{
    ChangeError, Runtime, Secret, TOKEN_PREFIX, TenantId, TokenDraft, TokenScope, TokenView,
};

use crate::support::{acme, empty, on_disk, somebody, tenant};

async fn token(
    runtime: &Runtime,
    tenant: Option<TenantId>,
    scopes: &[TokenScope],
) -> Result<(TokenView, Secret), ChangeError> {
    let draft =
        TokenDraft { tenant, name: "service".to_owned(), scopes: scopes.to_vec(), subject: None };
    runtime.create_token(&somebody(), draft).await
}

#[tokio::test]
async fn a_token_is_good_until_it_is_revoked() {
    let runtime = empty().await;
    runtime.create_tenant(&somebody(), acme(), "Acme").await.unwrap();
    let scopes = [TokenScope::Calculate, TokenScope::EmployeesRead];
    let (view, secret) = token(&runtime, Some(acme()), &scopes).await.unwrap();
    let credential = runtime.authenticate(secret.reveal()).unwrap();
    assert_eq!(credential.tenant, Some(acme()));
    assert_eq!((credential.subject, credential.name.as_str()), (view.subject, "service"));
    assert!(credential.allows(TokenScope::Calculate) && !credential.allows(TokenScope::Operator));

    let foreign = runtime.revoke_token(&somebody(), Some(&tenant("other")), view.id).await;
    assert!(matches!(foreign, Err(ChangeError::UnknownToken(_))), "{foreign:?}");
    let revoked = runtime.revoke_token(&somebody(), Some(&acme()), view.id).await.unwrap();
    assert!(revoked.revoked_at.is_some());
    assert!(runtime.authenticate(secret.reveal()).is_none());
    let again = runtime.revoke_token(&somebody(), None, view.id).await;
    assert!(matches!(again, Err(ChangeError::UnknownToken(_))), "{again:?}");
    assert_eq!(runtime.tokens(Some(&acme())), [revoked]);
    assert!(runtime.tokens(Some(&tenant("other"))).is_empty());
}

#[tokio::test]
async fn only_the_whole_secret_authenticates() {
    let runtime = empty().await;
    let (_, secret) = token(&runtime, None, &[TokenScope::Operator]).await.unwrap();
    let text = secret.reveal();
    assert!(text.starts_with(TOKEN_PREFIX));
    assert_eq!(text.len(), TOKEN_PREFIX.len() + 43, "256 bits in base64");
    for wrong in ["", "stele_", &text[..text.len() - 1], &format!("{text}x"), &text[6..]] {
        assert!(runtime.authenticate(wrong).is_none(), "{wrong}");
    }
    assert!(runtime.authenticate(text).is_some());
}

#[tokio::test]
async fn tokens_survive_a_restart_and_their_secrets_are_nowhere_on_disk() {
    let folder = tempfile::tempdir().unwrap();
    let secret = {
        let runtime = on_disk(folder.path()).await;
        token(&runtime, None, &[TokenScope::Operator]).await.unwrap().1
    };
    let runtime = on_disk(folder.path()).await;
    assert!(runtime.authenticate(secret.reveal()).is_some());
    for entry in std::fs::read_dir(folder.path().join("db")).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let bytes = std::fs::read(path).unwrap();
            let needle = &secret.reveal().as_bytes()[TOKEN_PREFIX.len()..];
            assert!(!bytes.windows(needle.len()).any(|window| window == needle));
        }
    }
    assert!(!format!("{secret:?}").contains(&secret.reveal()[6..]));
}

#[tokio::test]
async fn a_token_that_makes_no_sense_is_refused() {
    let runtime = empty().await;
    runtime.create_tenant(&somebody(), acme(), "Acme").await.unwrap();
    let none = token(&runtime, Some(acme()), &[]).await;
    assert!(matches!(none, Err(ChangeError::InvalidToken(_))));
    let operator = token(&runtime, Some(acme()), &[TokenScope::Operator]).await;
    assert!(matches!(operator, Err(ChangeError::InvalidToken(_))));
    let nobody = token(&runtime, Some(tenant("nobody")), &[TokenScope::Calculate]).await;
    assert!(matches!(nobody, Err(ChangeError::UnknownTenant(_))));
    assert!(runtime.tokens(None).is_empty());
}

#[tokio::test]
async fn a_tenant_is_made_once() {
    let runtime = empty().await;
    runtime.create_tenant(&somebody(), acme(), "Acme").await.unwrap();
    let again = runtime.create_tenant(&somebody(), acme(), "Other").await;
    assert!(matches!(again, Err(ChangeError::TenantExists(_))), "{again:?}");
    let nameless = runtime.create_tenant(&somebody(), tenant("other"), "").await;
    assert!(matches!(nameless, Err(ChangeError::InvalidName { found: 0, .. })), "{nameless:?}");
    assert_eq!(runtime.tenants().len(), 1);
    assert_eq!(runtime.tenant(&acme()).unwrap().name, "Acme");
    for wrong in ["", "Acme", "a_b", "-a", "a-", "a/b", &"a".repeat(64)] {
        assert!(TenantId::new(wrong).is_err(), "{wrong}");
    }
}

#[tokio::test]
async fn every_change_stands_in_the_log_of_whom_it_concerns() {
    let runtime = empty().await;
    runtime.create_tenant(&somebody(), acme(), "Acme").await.unwrap();
    let (view, _) = token(&runtime, Some(acme()), &[TokenScope::Calculate]).await.unwrap();
    token(&runtime, None, &[TokenScope::Operator]).await.unwrap();
    runtime.revoke_token(&somebody(), None, view.id).await.unwrap();
    let actions = async |tenant: Option<&TenantId>| -> Vec<String> {
        runtime.audit(tenant, 0, 10).await.unwrap().into_iter().map(|entry| entry.action).collect()
    };
    assert_eq!(actions(None).await, ["tenant.created", "token.created"]);
    assert_eq!(actions(Some(&acme())).await, ["token.created", "token.revoked"]);
    assert_eq!(runtime.audit(None, 0, 1).await.unwrap()[0].actor.name, "Somebody");
}
