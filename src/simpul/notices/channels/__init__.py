"""The ways out of Simpul: mail, web push, and a gateway for SMS or WhatsApp."""
