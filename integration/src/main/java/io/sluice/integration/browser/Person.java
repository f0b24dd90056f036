package io.sluice.integration.browser;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.RequestOptions;
import org.jspecify.annotations.Nullable;

/** Somebody at the pages of one management server. */
public final class Person {
    private final Page page;
    private final String site;
    private String csrf = "";

    public Person(Page page, String site) {
        this.page = page;
        this.site = site;
    }

    public Page page() {
        return page;
    }

    /** Makes the first account by its one-time link, which signs in. */
    public Person setUp(String link, String user, String name, String password) {
        page.navigate(link);
        field("User").fill(user);
        field("Name").fill(name);
        field("Password").fill(password);
        field("Password, once more").fill(password);
        button("Make the account").click();
        page.locator("main#page").waitFor();
        return this;
    }

    /** Sets a password by a one-time link and signs in with it. */
    public Person begin(String link, String user, String password) {
        page.navigate(link);
        field("Password").fill(password);
        field("Password, once more").fill(password);
        button("Set the password").click();
        return signIn(user, password);
    }

    public Person signIn(String user, String password) {
        field("User").fill(user);
        field("Password").fill(password);
        button("Sign in").click();
        page.locator("main#page").waitFor();
        return this;
    }

    /** Goes to a page by its path. */
    public Person open(String path) {
        page.navigate(site + path);
        page.locator("main#page").waitFor();
        return this;
    }

    /** A labelled field, by its whole label. */
    public Locator field(String label) {
        return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
    }

    /** A button by its whole name. */
    public Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** Asks the server as the page would, with the session's cookie; the answer must be good. */
    public JsonElement get(String path) {
        return checked("GET " + path, page.request().get(site + path));
    }

    /** Sends something to the server as the page would; the answer must be good. */
    public JsonElement send(String method, String path, @Nullable Object body) {
        if (csrf.isEmpty()) {
            csrf = get("/api/session").getAsJsonObject().get("csrf").getAsString();
        }
        RequestOptions options = RequestOptions.create().setMethod(method).setHeader("X-Sluice-Csrf", csrf)
                .setHeader("Origin", site);
        if (body != null) {
            options.setData(body);
        }
        return checked(method + " " + path, page.request().fetch(site + path, options));
    }

    private static JsonElement checked(String what, APIResponse answer) {
        if (!answer.ok()) {
            throw new IllegalStateException(what + " was answered with " + answer.status() + " " + answer.text());
        }
        return new Gson().fromJson(answer.text(), JsonElement.class);
    }
}
