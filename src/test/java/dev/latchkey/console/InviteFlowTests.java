package dev.latchkey.console;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

import com.microsoft.playwright.options.AriaRole;
import dev.latchkey.testing.BrowserVisitor;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Owner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Inviting one user.
 */
@ServiceTest
class InviteFlowTests {

	private static final String INVITE = "Invite New User";

	static ConsoleFixture fixture;

	static Owner owner;

	BrowserVisitor visitor;

	Screen screen;

	Screen dialog;

	@BeforeAll
	static void start() {
		fixture = ConsoleFixture.shared();
		owner = fixture.owner("Harbour Lights");
	}

	@BeforeEach
	void open() {
		this.visitor = fixture.visit(owner.person());
		this.screen = ConsoleFixture.open(this.visitor, owner, "/users");
		this.screen.button(INVITE).first().click();
		this.dialog = this.screen.dialog(INVITE);
	}

	@AfterEach
	void close() {
		this.visitor.close();
	}

	@Test
	void anInvitedUserIsListedImmediately() {
		String invitee = TestUsers.anAddress();
		assertThat(this.dialog.field("E-mail address")).isFocused();
		this.dialog.field("E-mail address").fill(invitee);
		this.dialog.checkbox("View & Pay Invoices").check();
		this.dialog.button("Send invitation").click();
		assertThat(this.screen.status(invitee + " has been invited")).isVisible();
		assertThat(this.screen.row(invitee).locator()).containsText("Pending");
		assertThat(this.screen.row(invitee).locator()).containsText("View & Pay Invoices");
		assertThat(fixture.mails.awaitMail(invitee).text()).contains("Harbour Lights");
		this.visitor.assertNoProblems();
	}

	@Test
	void anInternationalDomainIsShownAsItWasTyped() {
		String name = "Kim." + TestUsers.anAddress().replaceAll("@.*", "");
		String invitee = name + "@ex\u00e4mple.test";
		this.dialog.field("E-mail address").fill(invitee);
		this.dialog.checkbox("View Domains").check();
		this.dialog.button("Send invitation").click();
		assertThat(this.screen.status(invitee + " has been invited")).isVisible();
		assertThat(this.screen.row(invitee).locator()).containsText("Pending");
		assertThat(fixture.mails.awaitMail(name + "@xn--exmple-cua.test").to()).startsWith("Kim.");
		JsonNode invitation = onlyItem("/invitations", name + "@ex\u00e4mple.test");
		assertThat(onlyItem("/invitations", name + "@xn--exmple-cua")).isEqualTo(invitation);
		fixture.accept(owner, invitation.path("id").asString(), fixture.people.aUser(name + "@EX\u00c4MPLE.test"));
		for (String search : new String[] { name + "@ex\u00e4", name + "@xn--exmple-cua.test",
				name + "@ex\u00e4mple.t" }) {
			assertThat(onlyItem("/members", search).path("email").asString()).isEqualTo(invitee);
		}
		assertThat(owner.client().get(owner.path("/events?limit=1")).json().at("/items/0/invitation/email").asString())
			.isEqualTo(invitee);
		this.visitor.assertNoProblems();
	}

	@Test
	void whatSurroundsATypedAddressIsNotSent() {
		String invitee = "o'" + TestUsers.anAddress();
		this.dialog.field("E-mail address").fill("\u00a0<mailto:" + invitee + ">. ");
		this.dialog.checkbox("View Domains").check();
		this.dialog.button("Send invitation").click();
		assertThat(this.screen.status(invitee + " has been invited")).isVisible();
		assertThat(fixture.mails.awaitMail(invitee).to()).isEqualTo(invitee);
		this.visitor.assertNoProblems();
	}

	@Test
	void theReasonForARefusalIsShown() {
		this.dialog.field("E-mail address").fill("ann smith@example.test");
		this.dialog.checkbox("View Domains").check();
		this.dialog.button("Send invitation").click();
		assertThat(this.dialog.text("without a name or angle brackets")).isVisible();
		this.dialog.field("E-mail address").fill("an\u200bn@example.test");
		this.dialog.button("Send invitation").click();
		assertThat(this.dialog.text("invisible character (U+200B)")).isVisible();
		this.visitor.expecting("400 (Bad Request)").assertNoProblems();
	}

	private static JsonNode onlyItem(String list, String search) {
		String query = "?q=" + URLEncoder.encode(search, StandardCharsets.UTF_8);
		JsonNode items = owner.client().get(owner.path(list + query)).json().path("items");
		assertThat(items.size()).as(search).isEqualTo(1);
		return items.get(0);
	}

	@Test
	void theValidityCanBeChosen() {
		String invitee = TestUsers.anAddress();
		this.dialog.field("E-mail address").fill(invitee);
		this.dialog.checkbox("View Domains").check();
		this.dialog.field("Valid for").selectOption("3 days");
		this.dialog.button("Send invitation").click();
		assertThat(this.screen.status(invitee + " has been invited")).isVisible();
		JsonNode invitation = owner.client().get(owner.path("/invitations?q=" + invitee)).json().at("/items/0");
		assertThat(Duration.between(Instant.parse(invitation.path("issuedAt").asString()),
				Instant.parse(invitation.path("expiresAt").asString())))
			.isEqualTo(Duration.ofDays(3));
		this.visitor.assertNoProblems();
	}

	@Test
	void noPermissionIsPreselectedAndAllCanBeSelected() {
		assertThat(this.dialog.locator().getByRole(AriaRole.CHECKBOX)).hasCount(14);
		assertThat(this.dialog.text("0 of 13 selected")).isVisible();
		this.dialog.checkbox("Select all 13").check();
		assertThat(this.dialog.text("13 of 13 selected")).isVisible();
		this.dialog.checkbox("View Domains").uncheck();
		assertThat(this.dialog.checkbox("Select all 13")).not().isChecked();
		assertThat(this.dialog.text("12 of 13 selected")).isVisible();
		this.visitor.assertNoProblems();
	}

	@Test
	void sensitiveAndDependentPermissionsShowAHint() {
		assertThat(this.dialog.text("Kindly think twice before allowing this permission")).hasCount(3);
		this.dialog.checkbox("Manage Domain Settings").check();
		assertThat(this.dialog.checkbox("View Domains")).not().isChecked();
		assertThat(this.dialog.text("Of limited use without “View Domains”.")).isVisible();
		this.dialog.button("Add “View Domains”").click();
		assertThat(this.dialog.checkbox("View Domains")).isChecked();
		assertThat(this.dialog.text("Of limited use without")).hasCount(0);
		this.visitor.assertNoProblems();
	}

	@Test
	void errorsAreShownAtTheirFields() {
		this.dialog.button("Send invitation").click();
		assertThat(this.dialog.text("Enter an e-mail address.")).isVisible();
		assertThat(this.dialog.text("Select at least one permission.")).isVisible();
		assertThat(this.dialog.field("E-mail address")).isFocused();
		this.dialog.field("E-mail address").fill("nobody@nowhere..example");
		this.dialog.checkbox("View Domains").check();
		this.dialog.button("Send invitation").click();
		assertThat(this.dialog.field("E-mail address")).hasAttribute("aria-invalid", "true");
		assertThat(this.dialog.field("E-mail address")).isFocused();
		assertThat(this.dialog.checkbox("View Domains")).isChecked();
		this.visitor.expecting("400 (Bad Request)").assertNoProblems();
	}

	@Test
	void aPendingInvitationCanBeResentInstead() {
		String invitee = TestUsers.anAddress();
		String invitation = ConsoleFixture.invite(owner, invitee, "tickets");
		fixture.mails.awaitMail(invitee);
		fixture.database.update("update invitation set issued_at = issued_at - interval '1 hour' where id = ?::uuid",
				invitation);
		this.dialog.field("E-mail address").fill(invitee);
		this.dialog.checkbox("View Domains").check();
		this.dialog.button("Send invitation").click();
		this.dialog.button("Resend the pending invitation").click();
		assertThat(this.screen.status("A new link is on its way to " + invitee)).isVisible();
		assertThat(fixture.mails.awaitMail(invitee, 2).token()).hasSize(92);
		this.visitor.expecting("409 (Conflict)").assertNoProblems();
	}

	@Test
	void cancelReturnsTheFocusToTheButton() {
		this.dialog.field("E-mail address").press("Escape");
		assertThat(this.dialog.locator()).hasCount(0);
		assertThat(this.screen.button(INVITE).first()).isFocused();
		this.visitor.assertNoProblems();
	}

}
