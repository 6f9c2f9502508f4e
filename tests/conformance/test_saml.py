"""Signing in by SAML, against an identity provider of npm's `samlify`; and what a forged answer gets."""

import base64
import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.contrib.auth import get_user
from django.http import HttpResponse
from django.test import Client
from pytest_django.fixtures import Settings
from tests.conformance.conftest import StartProgram

from accord.config import providers

pytestmark = pytest.mark.django_db
HERE = Path(__file__).parent
US = "http://testserver/sign-in/saml/partner"


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Make the provider's key and certificate."""
    folder = tmp_path_factory.mktemp("saml")
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "partner.example")])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + dt.timedelta(1))
    ).sign(key, hashes.SHA256())
    private, public = folder / "key.pem", folder / "certificate.pem"
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
        )
    )
    public.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return private, public


@pytest.fixture(scope="session")
def partner(keys: tuple[Path, Path], node_home: Path, start_program: StartProgram, free_port: Callable[[], int]) -> str:
    """Start an identity provider; return its address."""
    port = free_port()
    words = ["node", HERE / "saml.mjs", port, *keys, f"{US}/metadata/", f"{US}/assertion/"]
    start_program(words, port=port, cwd=node_home)
    return f"http://127.0.0.1:{port}"


@pytest.fixture
def provider(partner: str, tmp_path: Path, settings: Settings) -> str:
    """List the provider by its metadata in a file; return its address."""
    metadata = tmp_path / "metadata.xml"
    metadata.write_text(requests.get(f"{partner}/metadata", timeout=10).text)
    text = f"""- {{id: partner, kind: saml, name: Partner, metadata: '{metadata}', entity-id: '{partner}/entity',
                newcomers: true}}"""
    settings.PROVIDERS = providers.read(text)
    settings.SOCIALACCOUNT_PROVIDERS = providers.allauth_settings(settings.PROVIDERS)
    return partner


@pytest.fixture
def client() -> Client:
    """Return a browser, which always names the host."""
    return browser()


def browser() -> Client:
    """Return another browser."""
    return Client(headers={"host": "testserver"})


def asked(client: Client) -> str:
    """Begin signing in; return where the browser is led."""
    page = client.post("/sign-in/saml/partner/")
    return page.headers["Refresh"].partition("url=")[2]


def vouched(url: str, who: str) -> str:
    """Let the provider vouch for somebody; return what the browser would post to us."""
    answer = requests.get(f"{url}&who={who}", timeout=30)
    assert answer.status_code == 200, answer.text
    return answer.text


def posted(client: Client, assertion: str) -> HttpResponse:
    """Post the provider's answer, as its page would from another site, and follow inside ours."""
    taken = client.post("/sign-in/saml/partner/assertion/", {"SAMLResponse": assertion})
    return client.get(taken.headers["Location"])


def test_vouched_newcomer_waits_for_the_address_to_be_confirmed(provider: str, client: Client) -> None:
    answer = posted(client, vouched(asked(client), "maria"))

    kept = SocialAccount.objects.get()
    assert answer.status_code == 302, answer.content.decode()
    assert (kept.provider, kept.uid) == ("partner", f"{provider}/entity#maria")
    assert kept.user.email == "maria@partner.example"
    assert answer.headers["Location"] == "/sign-in/address-waits/"
    kept.user.emailaddress_set.update(verified=True)
    posted(client, vouched(asked(client), "maria"))
    assert get_user(client) == kept.user


def test_changed_assertion_is_refused(provider: str, client: Client) -> None:
    real = base64.b64decode(vouched(asked(client), "maria")).decode()
    forged = base64.b64encode(real.replace("maria", "owner").encode()).decode()

    answer = posted(client, forged)

    assert answer.status_code == 401
    assert not SocialAccount.objects.exists()


def test_assertion_for_another_browser_is_refused(provider: str, client: Client) -> None:
    stolen = vouched(asked(browser()), "maria")

    answer = posted(client, stolen)

    assert answer.status_code in {401, 403}
    assert not SocialAccount.objects.exists()


def test_assertion_signed_by_nobody_is_refused(provider: str, client: Client) -> None:
    real = base64.b64decode(vouched(asked(client), "maria")).decode()
    start, end = real.index("<ds:Signature"), real.index("</ds:Signature>") + len("</ds:Signature>")
    bare = base64.b64encode((real[:start] + real[end:]).encode()).decode()

    assert posted(client, bare).status_code == 401
    assert not SocialAccount.objects.exists()


def test_our_metadata_says_where_to_post(provider: str, client: Client) -> None:
    answer = client.get("/sign-in/saml/partner/metadata/")

    assert answer.status_code == 200
    assert f'Location="{US}/assertion/"' in answer.content.decode()
    assert 'WantAssertionsSigned="true"' in answer.content.decode()
