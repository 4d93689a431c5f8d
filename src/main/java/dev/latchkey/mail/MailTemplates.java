package dev.latchkey.mail;

import java.io.IOException;
import java.io.StringWriter;
import java.util.Locale;
import java.util.Map;

import dev.latchkey.language.Languages;
import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;

/**
 * Renders messages. HTML templates end in {@code .ftlh}, so that all inserted values are
 * escaped; text templates end in {@code .ftl}. One pair of templates serves all
 * languages: the texts come from the message bundles. Rendering blocks, so it belongs on
 * the mail threads.
 */
class MailTemplates {

	private final Configuration configuration;

	private final Languages languages;

	private final String productName;

	MailTemplates(Languages languages, String productName) {
		this.languages = languages;
		this.productName = productName;
		this.configuration = new Configuration(Configuration.VERSION_2_3_34);
		this.configuration.setClassLoaderForTemplateLoading(MailTemplates.class.getClassLoader(), "mail");
		this.configuration.setDefaultEncoding("UTF-8");
		this.configuration.setRecognizeStandardFileExtensions(true);
		this.configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
		this.configuration.setLogTemplateExceptions(false);
		this.configuration.setLocalizedLookup(false);
	}

	Rendered render(MailMessage message) {
		Map<String, Object> model = Map.of("product", this.productName, "mail", message.model(), "translations",
				this.languages.translations(message.locale()));
		return new Rendered(render(model, message.template() + ".ftl"), render(model, message.template() + ".ftlh"));
	}

	private String render(Map<String, Object> model, String file) {
		StringWriter text = new StringWriter();
		try {
			this.configuration.getTemplate(file, Locale.ROOT).process(model, text);
		}
		catch (IOException | TemplateException ex) {
			throw new IllegalStateException("mail template " + file + " can't be rendered", ex);
		}
		return text.toString();
	}

	record Rendered(String text, String html) {

		@Override
		public String toString() {
			return "Rendered";
		}

	}

}
