// The texts that `Scaffold` hands out. They are the first Letterpress that somebody reads.

extension Scaffold {
  static let gitignore = """
    output/

    """

  static func manifest(title: String) -> String {
    """
    # What the gallery calls this project.
    name: \(title)

    # Defaults of the envelope and of the filters `money` and `date`.
    sender: "The shop <hello@example.com>"
    locale: en-GB
    time-zone: Europe/London
    currency: GBP

    # Constants that every layout sees by these names. Blocks get what they need as arguments.
    vars:
      shop_url: https://example.com/

    """
  }

  static let schema = #"""
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "Recipient",
      "description": "What a letter may know about the person who receives it.",
      "type": "object",
      "additionalProperties": false,
      "required": ["email", "tier", "products", "unsubscribe_url"],
      "properties": {
        "first_name": { "type": "string", "minLength": 1, "maxLength": 80, "x-pii": true },
        "email": { "type": "string", "format": "email", "x-pii": true },
        "tier": { "type": "string", "enum": ["standard", "gold"] },
        "products": {
          "description": "What we recommend; may be nothing.",
          "type": "array",
          "maxItems": 3,
          "items": { "$ref": "#/$defs/Product" }
        },
        "unsubscribe_url": { "type": "string", "format": "uri" }
      },
      "$defs": {
        "Product": {
          "type": "object",
          "additionalProperties": false,
          "required": ["title", "price", "url"],
          "properties": {
            "title": { "type": "string", "minLength": 1 },
            "price": { "description": "In pence.", "type": "integer", "minimum": 0 },
            "url": { "type": "string", "format": "uri" }
          }
        }
      }
    }

    """#

  static let ada = #"""
    {
      "title": "Ada, gold with everything",
      "notes": "Every optional field is set, and there are as many products as can be.",
      "tags": ["gold", "full"],
      "now": "2026-03-02T09:00:00Z",
      "profile": {
        "first_name": "Ada",
        "email": "ada@example.com",
        "tier": "gold",
        "products": [
          { "title": "Dotted notebook", "price": 1450, "url": "https://example.com/p/notebook" },
          { "title": "Fountain pen, fine nib", "price": 3900, "url": "https://example.com/p/pen" },
          { "title": "Bottle of blue ink", "price": 1200, "url": "https://example.com/p/ink" }
        ],
        "unsubscribe_url": "https://example.com/unsubscribe?token=a1"
      }
    }

    """#

  static let newcomer = #"""
    {
      "title": "Newcomer",
      "notes": "No name, nothing to recommend: what is the least that we can know?",
      "tags": ["minimal"],
      "now": "2026-03-02T09:00:00Z",
      "profile": {
        "email": "someone@example.com",
        "tier": "standard",
        "products": [],
        "unsubscribe_url": "https://example.com/unsubscribe?token=b2"
      }
    }

    """#

  static let actionButton = #"""
    <lp-block summary="One button, in the weight that its place asks for">
      <lp-param name="label" type="string" summary="What happens next, as a verb" />
      <lp-param name="href" type="uri" summary="Where it leads" />
      <lp-param name="tone" type="solid | quiet" default="solid" summary="quiet stands beside other content" />
      <lp-example label="Look around" href="https://example.com/" />
      <lp-example label="See it" href="https://example.com/" tone="quiet" />
      {% case tone %}
        {% when 'solid' %}
        <mj-button href="{{ href }}" background-color="#23395b" color="#ffffff" border-radius="6px" inner-padding="14px 28px" font-family="Helvetica, Arial, sans-serif" font-size="16px" font-weight="600">{{ label }}</mj-button>
        {% when 'quiet' %}
        <mj-button href="{{ href }}" background-color="#ffffff" color="#23395b" border="1px solid #b9c2d0" border-radius="6px" inner-padding="9px 18px" font-family="Helvetica, Arial, sans-serif" font-size="14px">{{ label }}</mj-button>
      {% endcase %}
    </lp-block>

    """#

  static let productCard = #"""
    <lp-block summary="One product in a column: its name, its price and a way to it">
      <lp-param name="product" type="Product" summary="What is shown" />
      <lp-example product="{{ personas.ada.products[0] }}" />
      <lp-example product="{{ personas.ada.products[1] }}">
        <lp-fill slot="footer"><mj-text align="center" font-family="Helvetica, Arial, sans-serif" font-size="14px" color="#5b6472">Back next week</mj-text></lp-fill>
      </lp-example>
      <mj-column padding="8px">
        <mj-text align="center" padding="16px 8px 0" font-family="Georgia, serif" font-size="18px" line-height="25px" color="#1c2430">{{ product.title }}</mj-text>
        <mj-text align="center" padding="4px 8px 0" font-family="Helvetica, Arial, sans-serif" font-size="15px" line-height="22px" color="#5b6472">{{ product.price | money }}</mj-text>
        <lp-slot name="footer" summary="What there is to do"><action-button label="See it" href="{{ product.url }}" tone="quiet" /></lp-slot>
      </mj-column>
    </lp-block>

    """#

  static let welcome = #"""
    <mjml lang="en">
      <mj-head>
        <lp-subject>Welcome{% if profile.first_name %}, {{ profile.first_name }}{% endif %}</lp-subject>
        <lp-unsubscribe href="{{ profile.unsubscribe_url }}" />
        <mj-title>Welcome</mj-title>
        <mj-preview>It is good to have you here.</mj-preview>
        <mj-attributes>
          <mj-text font-family="Helvetica, Arial, sans-serif" font-size="16px" line-height="26px" color="#1c2430" />
        </mj-attributes>
      </mj-head>
      <mj-body background-color="#eef0f4">
        <mj-section background-color="#ffffff" padding="40px 24px 24px">
          <mj-column>
            <mj-text font-family="Georgia, serif" font-size="30px" line-height="38px">Welcome, {{ profile.first_name | default: 'friend' }}</mj-text>
            {% if profile.tier == 'gold' %}
            <mj-text>As a gold member you get free delivery, on this order and on every one after it.</mj-text>
            {% else %}
            <mj-text>Have a look around. We write twice a month, never more.</mj-text>
            {% endif %}
            <action-button label="Look around" href="{{ shop_url }}" />
          </mj-column>
        </mj-section>
        {% if profile.products.size > 0 %}
        <mj-section background-color="#ffffff" padding="0 16px 32px">
          {% for product in profile.products %}
            <product-card product="{{ product }}" />
          {% endfor %}
        </mj-section>
        {% endif %}
        <mj-section padding="20px 24px">
          <mj-column>
            <mj-text align="center" font-size="13px" line-height="20px" color="#5b6472"><a href="{{ profile.unsubscribe_url }}" style="color:#5b6472">Unsubscribe</a></mj-text>
          </mj-column>
        </mj-section>
      </mj-body>
    </mjml>

    """#

  static func newBlock(named name: String) -> String {
    #"""
    <lp-block summary="What \#(name) is for, in one sentence">
      <lp-param name="title" type="string" summary="The line in large letters" />
      <lp-param name="tone" type="light | dark" default="light" summary="How it stands out" />
      <lp-example title="A first try" />
      <lp-example title="The same in the dark" tone="dark" />
      <mj-section background-color="{% if tone == 'dark' %}#1c2430{% else %}#ffffff{% endif %}">
        <mj-column>
          <mj-text align="center" font-size="24px" line-height="32px" color="{% if tone == 'dark' %}#ffffff{% else %}#1c2430{% endif %}">{{ title }}</mj-text>
          <lp-slot />
        </mj-column>
      </mj-section>
    </lp-block>

    """#
  }

  static func newLayout(title: String) -> String {
    #"""
    <mjml lang="en">
      <mj-head>
        <lp-subject>\#(title)</lp-subject>
        <mj-title>\#(title)</mj-title>
        <mj-preview>The line behind the subject</mj-preview>
      </mj-head>
      <mj-body background-color="#eef0f4">
        <mj-section background-color="#ffffff">
          <mj-column>
            <mj-text font-size="24px" line-height="32px">\#(title)</mj-text>
            <mj-text>Here the letter begins.</mj-text>
          </mj-column>
        </mj-section>
      </mj-body>
    </mjml>

    """#
  }
}
