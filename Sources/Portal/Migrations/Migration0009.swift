/// A sender is also told apart by the name in the certificate that it shows over TLS.
let migration0009 = Migration(
    number: 9, name: "senders over TLS",
    sql: #"""
        ALTER TABLE portal.senders
            ADD COLUMN tls_name text NOT NULL DEFAULT '',  -- '' without TLS, '*' over TLS without a certificate
            DROP CONSTRAINT senders_ae_title_address_key,
            ADD UNIQUE (ae_title, address, tls_name);
        """#)
