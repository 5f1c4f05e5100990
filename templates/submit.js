// Sends the form that carries an authorization response; without scripts its button does.
document.querySelector('form[data-submit]').submit();
