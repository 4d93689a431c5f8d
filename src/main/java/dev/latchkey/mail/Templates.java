package dev.latchkey.mail;

import java.io.IOException;
import java.io.StringWriter;
import java.util.Map;

import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;

/**
 * Renders letters. HTML templates end in {@code .ftlh}, so whatever is put into them is
 * escaped; text templates end in {@code .ftl}. A language is a folder of templates, and
 * English is the fallback. Blocking: for the mail threads only.
 */
class Templates {

	private final Configuration configuration;

	private final String productName;

	Templates(String productName) {
		this.productName = productName;
		this.configuration = new Configuration(Configuration.VERSION_2_3_34);
		this.configuration.setClassLoaderForTemplateLoading(Templates.class.getClassLoader(), "mail");
		this.configuration.setDefaultEncoding("UTF-8");
		this.configuration.setRecognizeStandardFileExtensions(true);
		this.configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
		this.configuration.setLogTemplateExceptions(false);
		this.configuration.setLocalizedLookup(true);
	}

	Rendered render(Letter letter) {
		return new Rendered(render(letter, letter.template() + ".ftl"), render(letter, letter.template() + ".ftlh"));
	}

	private String render(Letter letter, String file) {
		StringWriter text = new StringWriter();
		try {
			this.configuration.getTemplate(file, letter.locale())
				.process(Map.of("product", this.productName, "letter", letter.model()), text);
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
