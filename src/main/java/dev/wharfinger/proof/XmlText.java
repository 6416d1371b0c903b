package dev.wharfinger.proof;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLResolver;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Opens foreign XML so that nothing is expanded and nothing is fetched. It is decoded here, and
 * strictly: the JDK's reader prints to the standard error stream when it meets wrong bytes.
 */
final class XmlText {
    private static final Pattern ENCODING =
            Pattern.compile(
                    "^\\s*<\\?xml[^>]{0,100}\\sencoding\\s*=\\s*[\"']([A-Za-z0-9._-]{1,40})");

    private XmlText() {}

    static XMLStreamReader open(byte[] bytes) throws XMLStreamException, Unusable {
        String text = decode(bytes);
        String plain = text.startsWith("\ufeff") ? text.substring(1) : text;
        return factory().createXMLStreamReader(new StringReader(plain));
    }

    private static String decode(byte[] bytes) throws Unusable {
        try {
            return charset(bytes)
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException wrong) {
            throw new Unusable("its bytes are not in the encoding that it declares");
        }
    }

    private static Charset charset(byte[] bytes) throws Unusable {
        int mark = bytes.length > 1 ? (bytes[0] & 0xff) << 8 | bytes[1] & 0xff : 0;
        if (mark == 0xfeff || mark == 0xfffe) {
            return UTF_16;
        }
        String start = new String(bytes, 0, Math.min(bytes.length, 200), ISO_8859_1);
        Matcher declared =
                ENCODING.matcher(
                        start.startsWith("\u00ef\u00bb\u00bf") ? start.substring(3) : start);
        if (!declared.find()) {
            return UTF_8;
        }
        try {
            return Charset.forName(declared.group(1));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            throw new Unusable("its encoding is unknown", 1);
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        XMLResolver nothing =
                (publicId, systemId, base, namespace) -> {
                    throw new XMLStreamException("nothing is fetched for a report");
                };
        factory.setXMLResolver(nothing);
        return factory;
    }
}
