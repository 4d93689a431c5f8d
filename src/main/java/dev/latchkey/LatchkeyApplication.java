package dev.latchkey;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Starts Latchkey.
 */
@SpringBootApplication
public class LatchkeyApplication {

	public static void main(String[] arguments) {
		SpringApplication.run(LatchkeyApplication.class, arguments);
	}

}
